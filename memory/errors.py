"""One tree of errors; each is a sentence that says what to do, with a code and an exit status.

OnceseenError
├── Known                   the world's fault: it has a remedy
│   ├── NoProfile  ProfileExists  ProfileInUse  NewerLedger  DamagedLedger  StoreTrouble
│   ├── Locked  NoKey  WrongKey  DamagedKey  LastSlot  NoKeyring        (exit status 3)
│   ├── BadPicture  BadRecording  BadTime  BadRequest  BadSetting  NotFound (PictureFaded)  DamagedPicture
│   ├── WrongUse                (exit status 2)
│   └── NoScreen  NoOcr  NoWeights  NoFetch  NoWriter  NoEngine  ChildFailed  ChildAway  NoConsent  Waiting
└── Bug                     our fault
"""

from __future__ import annotations


class OnceseenError(Exception):
    """Something went wrong."""

    code = "error"
    exit_status = 1

    def __init__(self, **details: object) -> None:
        self.details = {name: str(value) for name, value in details.items()}
        super().__init__((type(self).__doc__ or "").strip().format(**self.details))

    def __reduce__(self) -> tuple[object, ...]:
        return (_remade, (type(self), self.details))


def _remade(kind: type[OnceseenError], details: dict[str, str]) -> OnceseenError:
    return kind(**details)


class Known(OnceseenError):
    """The surroundings refuse: {reason}."""

    code = "known"


class Bug(OnceseenError):
    """Onceseen made a mistake ({reason}); please report it."""

    code = "bug"


class NoProfile(Known):
    """There is no memory at {path}; make one with `onceseen init`."""

    code = "no-profile"


class ProfileExists(Known):
    """There is a memory at {path} already; nothing was changed."""

    code = "profile-exists"


class ProfileInUse(Known):
    """Another Onceseen is using {path} and does not answer; end it first."""

    code = "profile-in-use"


class NewerLedger(Known):
    """This memory was written by a newer Onceseen (schema {found}, known {known}); update the program."""

    code = "newer-ledger"


class DamagedLedger(Known):
    """The ledger is damaged ({reason}); `onceseen doctor` tells what is left."""

    code = "damaged-ledger"


class StoreTrouble(Known):
    """The memory could not be written: {reason}; make room or mend the disk, then go on."""

    code = "store-trouble"


class Locked(Known):
    """The memory is locked; unlock it with `onceseen unlock`."""

    code = "locked"
    exit_status = 3


class NoKey(Known):
    """No key opens this memory: give --key-file, or a passphrase at a terminal, or start the keyring."""

    code = "no-key"
    exit_status = 3


class WrongKey(Known):
    """That key does not open this memory ({slot}); nothing was changed."""

    code = "wrong-key"
    exit_status = 3


class DamagedKey(Known):
    """The key at {path} cannot be read: {reason}."""

    code = "damaged-key"
    exit_status = 3


class LastSlot(Known):
    """That is the last key of this memory; add another before you remove it."""

    code = "last-slot"


class NoKeyring(Known):
    """The system's keyring does not answer: {reason}; use a passphrase or a key file."""

    code = "no-keyring"
    exit_status = 3


class BadPicture(Known):
    """{file}: not a picture that can be read ({reason})."""

    code = "bad-picture"


class BadRecording(Known):
    """{file}: {reason}."""

    code = "bad-recording"


class BadTime(Known):
    """ "{text}" is not a time; write it as 2026-03-02, 2026-03-02T09:00 or 2026-03-02T09:00:00+01:00."""

    code = "bad-time"


class BadRequest(Known):
    """That cannot be done: {reason}."""

    code = "bad-request"


class WrongUse(Known):
    """That is not how it is used: {reason}."""

    code = "wrong-use"
    exit_status = 2


class BadSetting(Known):
    """Setting {key} cannot be "{value}": {allowed}."""

    code = "bad-setting"


class NotFound(Known):
    """There is no {what} {id}; it may have been forgotten."""

    code = "not-found"


class PictureFaded(NotFound):
    """The picture of moment {id} has faded; {left}."""

    code = "picture-faded"


class DamagedPicture(Known):
    """A sealed picture cannot be opened ({reason}); `onceseen doctor` tells what is lost."""

    code = "damaged-picture"


class NoScreen(Known):
    """No screen can be looked at: {reason}."""

    code = "no-screen"


class NoOcr(Known):
    """Text cannot be read: {reason}; install tesseract and its language data."""

    code = "no-ocr"


class NoWeights(Known):
    """The weights of {model} are not there: {reason}."""

    code = "no-weights"


class NoFetch(Known):
    """The model {model} was not fetched: {reason}."""

    code = "no-fetch"


class NoWriter(Known):
    """The local model gives no words: {reason}; mend it, or turn it off (setting writer.address)."""

    code = "no-writer"


class NoEngine(Known):
    """No Onceseen is running on {path}; start it with `onceseen` or `onceseen record`."""

    code = "no-engine"


class ChildFailed(Known):
    """The {child} process failed ({reason}); it is started again."""

    code = "child-failed"


class ChildAway(Known):
    """The {child} process is not up ({reason}); try again in a moment."""

    code = "child-away"


class Waiting(Known):
    """All was taken, but {count} frames still wait to be read: {reason}"""

    code = "waiting"


class NoConsent(Known):
    """Recording was not agreed to yet; say yes in the window or start `onceseen record`."""

    code = "no-consent"
