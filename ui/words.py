"""What the window says: translatable text, and dates, times and counts by the locale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from memory.records import Grade, LastSettling, Routine, Settling, Status, Understood

Shape = Literal["recording", "paused", "held", "trouble"]


def tr(text: str) -> str:
    """The text in the user's language; the English text itself where there is no translation."""
    return QCoreApplication.translate("ui", text)


def number(value: int) -> str:
    """A whole number with the locale's grouping."""
    return QLocale().toString(value)


def count(n: int, one: str, many: str) -> str:
    """ "1 moment" or "12 moments": `many` holds {n}; both are already translated."""
    return one if n == 1 else many.format(n=number(n))


def clock(at: datetime) -> str:
    """The time of day in the zone of then, as the locale writes it short."""
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def day(on: date, *, year: bool = False) -> str:
    """A day with its weekday: "Tuesday, 17 November"."""
    return QLocale().toString(
        QDate(on.year, on.month, on.day), "dddd, d MMMM yyyy" if year else "dddd, d MMMM"
    )


def day_short(on: date) -> str:
    """A day where there is little room: "Tue 17 Nov"."""
    return QLocale().toString(QDate(on.year, on.month, on.day), "ddd d MMM")


def month(on: date, *, year: bool = True) -> str:
    """A month, with its year: "November 2026"."""
    return QLocale().toString(QDate(on.year, on.month, on.day), "MMMM yyyy" if year else "MMMM")


def when(at: datetime, now: datetime) -> str:
    """An absolute time as short as it stays clear: today's time alone, else with its day and year."""
    if at.date() == now.date():
        return clock(at)
    shown = day_short(at.date()) if at.year == now.year else f"{day_short(at.date())} {at.year}"
    return f"{shown}, {clock(at)}"


def span(start: datetime, end: datetime) -> str:
    """A stretch of time: "09:00 to 09:40", with days where it crosses midnight."""
    if start.date() != end.date():
        return f"{day_short(start.date())}, {clock(start)} – {day_short(end.date())}, {clock(end)}"
    return clock(start) if clock(start) == clock(end) else f"{clock(start)} – {clock(end)}"


def duration(length: timedelta) -> str:
    """A length of time in the two units that matter."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return tr("under a minute")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{n} min").format(n=minutes)
    return tr("{h} h {m} min").format(h=hours, m=rest) if rest else tr("{h} h").format(h=hours)


def ago(at: datetime, now: datetime) -> str:
    """How long ago, in words: "just now", "12 minutes ago", "yesterday", "3 weeks ago"."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return tr("just now")
    if seconds < 3600:
        return count(int(seconds // 60), tr("1 minute ago"), tr("{n} minutes ago"))
    days = (now.date() - at.date()).days
    if days < 1 or seconds < 6 * 3600:
        return count(int(seconds // 3600), tr("1 hour ago"), tr("{n} hours ago"))
    if days == 1:
        return tr("yesterday")
    if days < 14:
        return tr("{n} days ago").format(n=days)
    if days < 60:
        return tr("{n} weeks ago").format(n=days // 7)
    if days < 730:
        return tr("{n} months ago").format(n=days // 30)
    return tr("{n} years ago").format(n=days // 365)


def size(amount: int) -> str:
    """Bytes as the locale writes them."""
    return QLocale().formattedDataSize(amount, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


# ------------------------------------------------------------------ what the memory's words mean here


@dataclass(frozen=True, slots=True)
class State:
    """Whether it records: a shape (never colour alone), a short word, and a sentence."""

    shape: Shape
    short: str
    sentence: str


def needs_consent(status: Status) -> bool:
    """Whether the user has not said yes to recording yet."""
    return status.recording.startswith("off: not agreed")


def state(status: Status) -> State:
    """The recording state of a status as it is shown; what is not known here is shown as it was said."""
    said = status.recording
    if needs_consent(status):
        return State("held", tr("Not started"), tr("Nothing is recorded before you say yes."))
    if said.startswith("paused"):
        return _paused(status.paused_until)
    known: dict[str, State] = {
        "on": State("recording", tr("Recording"), tr("What is on the screen is being remembered.")),
        "excluded": State("held", tr("Held back"), tr("Something excluded is visible; it is not looked at.")),
        "locked": State("held", tr("Locked"), tr("Nothing is recorded while locked.")),
        "idle": State("held", tr("Idle"), tr("Nobody is at the machine; it records again with you.")),
        "hours": State("held", tr("Outside hours"), tr("Recording hours are over for now.")),
    }
    return known.get(said) or State(
        "trouble", tr("Not recording"), said.removeprefix("off: ").capitalize() + "."
    )


def _paused(until: datetime | None) -> State:
    # A pause without an end comes as a time that no clock reaches.
    if until is None or until.year > 8000:
        return State("paused", tr("Paused"), tr("Paused until you resume."))
    local = until.astimezone()
    return State("paused", tr("Paused until {time}").format(time=clock(local)), tr("It resumes by itself."))


def settling(what: Settling) -> str:
    """What is settled right now, empty while nothing is."""
    if what.state != "running":
        return ""
    if not what.of:
        return tr("settling")
    return tr("settling day {n} of {all}").format(n=min(what.done + 1, what.of), all=what.of)


def settled(what: Settling, now: datetime) -> str:
    """Why what waits is not settled yet, and how the last time went; empty before the first time."""
    parts = [what.why] if what.state in ("waiting", "stopped") and what.why else []
    if what.last:
        parts.append(_last_settling(what.last, now))
    return joined(parts)


def _last_settling(last: LastSettling, now: datetime) -> str:
    said = tr("Settled {ago}: {days}, {episodes}, {facts}").format(
        ago=ago(last.at, now),
        days=count(last.days, tr("1 day"), tr("{n} days")),
        episodes=count(last.episodes, tr("1 episode"), tr("{n} episodes")),
        facts=count(last.facts, tr("1 fact"), tr("{n} facts")),
    )
    if last.state == "failed":
        return tr("Settling failed {ago} ({code}); it is tried again").format(
            ago=ago(last.at, now), code=last.failed
        )
    return said


def gap(reason: str) -> str:
    """Why nothing was recorded in a stretch."""
    reasons = {
        "paused": tr("Paused"),
        "excluded": tr("Held back: something excluded was visible"),
        "locked": tr("Locked"),
        "idle": tr("Nobody at the machine"),
        "not running": tr("Onceseen was not running"),
        "hours": tr("Outside recording hours"),
        "trouble": tr("Recording had stopped because of trouble"),
    }
    return reasons.get(reason, reason)


def accounted(seconds: dict[str, int]) -> str:
    """Where the time of a day went: "Recorded 4 h 10 min  ·  nobody there 30 min"."""
    short = {
        "paused": tr("paused {time}"),
        "excluded": tr("held back {time}"),
        "locked": tr("locked {time}"),
        "idle": tr("nobody there {time}"),
        "not running": tr("not running {time}"),
    }
    length = {reason: duration(timedelta(seconds=spent)) for reason, spent in seconds.items() if spent}
    first = tr("Recorded {time}").format(time=length["recorded"]) if "recorded" in length else ""
    rest = (said.format(time=length[reason]) for reason, said in short.items() if reason in length)
    return joined((first or tr("Nothing recorded"), *rest))


def habit(routine: Routine) -> str:
    """When a routine is seen: "weekdays about 08:15, on 4 of 4 days"."""
    begins = QTime(routine.begins // 60 % 24, routine.begins % 60)
    days = routine.weekdays
    if len(days) == 1:
        kind = QLocale().dayName(days[0] + 1)
    else:
        kind = {5: tr("weekdays"), 2: tr("weekends")}.get(len(days), tr("any day"))
    return tr("{days} about {time}, on {n} of {all} days").format(
        days=kind,
        time=QLocale().toString(begins, QLocale.FormatType.ShortFormat),
        n=number(len(routine.days)),
        all=number(routine.of),
    )


def why(parts: dict[str, float]) -> str:
    """Why a result matched, strongest first: "words, meaning"."""
    names = {
        "words": tr("words"),
        "pairs": tr("words side by side"),
        "meaning": tr("meaning"),
        "picture": tr("picture"),
        "context": tr("what came around it"),
        "named": tr("what was named"),
        "turn": tr("first or last"),
        "time": tr("time"),
        "app": tr("application"),
        "chat": tr("this chat"),
    }
    ranked = sorted((part for part in parts.items() if part[1] > 0), key=lambda part: -part[1])
    return ", ".join([names[name] for name, _ in ranked if name in names][:2])


def understood(what: Understood, now: datetime, asked: str) -> tuple[str, ...]:
    """What a query was taken to mean, one chip each."""
    relations = {
        "during": tr("during “{what}”"),
        "before": tr("before “{what}”"),
        "after": tr("after “{what}”"),
    }
    orders = {"first": tr("the first"), "last": tr("the last")}
    said = relations.get(what.relation or "during", "").format(what=what.anchor) if what.anchor else ""
    words = what.text if what.text.casefold() != asked.casefold() else ""
    return tuple(
        chip
        for chip in (
            said,
            _understood_span(what.since, what.until, now),
            orders.get(what.order, ""),
            *what.apps,
            *what.sites,
            *what.people,
            *(f"“{phrase}”" for phrase in what.phrases),
            tr("files: {what}").format(what=", ".join(what.files)) if what.files else "",
            tr("shown: {what}").format(what=", ".join(what.shown)) if what.shown else "",
            *(tr("without {what}").format(what=left_out) for left_out in what.without),
            tr("words: {words}").format(words=words) if words else "",
        )
        if chip
    )


def _understood_span(since: datetime | None, until: datetime | None, now: datetime) -> str:
    """A span as a chip: a day, days, or times; empty without one."""
    if since and until:
        last = until - timedelta(seconds=1)
        if until - since < timedelta(hours=23) or since.hour:
            return f"{when(since, now)} – {when(until, now)}"
        if last.date() == since.date():
            return day(since.date(), year=since.year != now.year)
        return f"{_dated(since.date(), now)} – {_dated(last.date(), now)}"
    if since:
        return tr("since {time}").format(time=when(since, now))
    return tr("before {time}").format(time=when(until, now)) if until else ""


def _dated(on: date, now: datetime) -> str:
    return day_short(on) if on.year == now.year else f"{day_short(on)} {on.year}"


def grade(of: Grade) -> str:
    """How an answer is known, "" where nothing was found."""
    words = {
        "seen": tr("seen word for word"),
        "doubtful": tr("read doubtfully: look at the picture"),
        "inferred": tr("worked out from what was seen"),
    }
    return words.get(of, "")


def faded(form: str) -> str:
    """What is no longer there of a moment that has faded, "" of a whole one."""
    words = {
        "thumbnail": tr("the picture has faded to its thumbnail"),
        "text": tr("the picture has faded"),
        "gist": tr("picture and text have faded"),
    }
    return words.get(form, "")


def joined(parts: Sequence[str]) -> str:
    """Parts of a line of small print with a middle dot between; empty parts are left out."""
    return "  ·  ".join(part for part in parts if part)
