"""What a secret looks like in text, misreadings included: where it begins, where it ends, what it is; pure.

High precision is wanted as much as a catch: numbers are checked by their own arithmetic (Luhn, ISO 7064),
tokens by forms that their issuers chose to be recognised, fields by their label and the kind of value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CARD, IBAN, TOKEN, PASSWORD = "[card number]", "[bank account]", "[token]", "[password]"
PRIVATE_KEY = "[private key]"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` to `end` (excluded) of a text are a secret; `mark` is put in their place."""

    start: int
    end: int
    mark: str


def spans(text: str, context: str = "") -> list[Span]:
    """The secrets of a text, in order, none within another. `context` is text that stands near it."""
    found = sorted(
        [*card_numbers(text, context), *bank_accounts(text), *tokens(text), *fields(text)],
        key=lambda span: (span.start, -span.end),
    )
    kept: list[Span] = []
    for span in found:
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end), kept[-1].mark)
        else:
            kept.append(span)
    return kept


# ------------------------------------------------------------------ numbers

AS_DIGITS = str.maketrans("OoQDIl|!SsBbZzGg", "0000111155862269")
DIGIT = r"[0-9OoQDIl|!SsBbZzGg]"
GROUP = re.compile(rf"(?<![A-Za-z0-9])(?<![0-9][.,]){DIGIT}{{2,19}}(?![A-Za-z0-9])(?![.,][0-9])")
BETWEEN = re.compile(r"[ \-·\n]|  | - ")
CARD_WORDS = re.compile(
    r"\b(card|credit|debit|visa|master ?card|maestro|amex|american express|cvc|cvv|valid thru|expir\w*|"
    r"karte\w*|kredit\w*|gültig bis|kartennummer|carte|tarjeta|carta)\b",
    re.IGNORECASE,
)
ISSUED = {
    13: re.compile(r"4"),
    14: re.compile(r"3(?:0[0-5]|[689])"),
    15: re.compile(r"3[47]"),
    16: re.compile(r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|6(?:011|2|4[4-9]|5)|35(?:2[89]|[3-8])"),
    19: re.compile(r"4|6(?:011|2|5)"),
}
"""First digits of the card networks by length."""
ISSUED_NEAR = re.compile(r"[2-6]")
"""The same beside a word for cards, where rarer networks count too."""
DOTTED = re.compile(
    rf"(?<![\w.,])(?:{DIGIT}{{4}}(?:\.{DIGIT}{{4}}){{3}}|{DIGIT}{{4}}\.{DIGIT}{{6}}\.{DIGIT}{{5}})(?!\w|[.,]\w)"
)
CARD_LABEL = re.compile(
    r"\b(?:card|visa|master ?card|amex|kreditkarte|karte|kartennummer|carte|tarjeta)"
    r"(?: ?(?:number|no|nr|nummer|num))?[ .:#]{1,4}$",
    re.IGNORECASE,
)
CARD_FIELD = re.compile(
    r"\b(?:card ?(?:number|no\b|nr\b)|kartennummer|numéro de carte|número de tarjeta)", re.IGNORECASE
)
CUT = re.compile(
    rf"[3-6OoSsBbGIl|!Zz]{DIGIT}{{3}}(?:[ -]{DIGIT}{{4}}){{2}}(?:[ -]{DIGIT}{{1,3}})?(?![\w-])(?! ?\d)"
)
"""A card's number whose last group was not read; 2 is left out as the first digit of years."""


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812)."""
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def card_numbers(text: str, context: str = "") -> Iterator[Span]:
    """13 to 19 digits in a card's grouping that pass Luhn; beside a word for it also in any grouping, and in
    the usual one without Luhn, since a single misread digit breaks the sum.
    """
    # Of four letters that look like digits a group may be, but none begins with it.
    groups = [g for g in GROUP.finditer(text) if _has_digit(g.group()) or len(g.group()) == 4]
    near = bool(CARD_WORDS.search(text) or CARD_WORDS.search(context))
    done = 0
    for first, group in enumerate(groups):
        if group.start() < done or not _has_digit(group.group()) or text[: group.start()].endswith("+"):
            continue
        longest = None
        for last in range(first, min(first + 8, len(groups))):
            if last > first and not BETWEEN.fullmatch(text, groups[last - 1].end(), groups[last].start()):
                break
            if _is_card([g.group() for g in groups[first : last + 1]], near):
                longest = groups[last].end()
        if longest is not None:
            done = longest
            yield Span(group.start(), longest, CARD)
    for dotted in DOTTED.finditer(text):
        if _is_card(dotted[0].split("."), near):
            yield Span(*dotted.span(), CARD)
    yield from _cut_cards(text, bool(CARD_FIELD.search(context)))


def _cut_cards(text: str, labelled: bool) -> Iterator[Span]:
    """Twelve digits and more in fours right behind a word for a card, or alone beside its field's label."""
    for found in CUT.finditer(text):
        before = text[: found.start()]
        mostly = 10 * sum(mark.isdigit() for mark in found[0]) >= 6 * len(found[0])
        alone = labelled and not before.strip() and not text[found.end() :].strip()
        if mostly and (alone or CARD_LABEL.search(before)):
            yield Span(*found.span(), CARD)


def _has_digit(text: str) -> bool:
    return any(mark.isdigit() for mark in text)


def _is_card(groups: list[str], near: bool) -> bool:
    read = "".join(groups)
    digits = read.translate(AS_DIGITS)
    if 10 * sum(mark.isdigit() for mark in read) < 6 * len(read):
        return False
    issued = ISSUED_NEAR if near else ISSUED.get(len(digits))
    if not 13 <= len(digits) <= 19 or issued is None or not issued.match(digits) or len(set(digits)) < 2:
        return False
    sizes = [len(group) for group in groups]
    usual = sizes in ([4, 4, 4, 4], [4, 6, 5], [4, 6, 4])
    fours = all(size % 4 == 0 for size in sizes[:-1]) and (len(sizes) == 1 or sizes[-1] in (3, 4, 8, 12))
    return (luhn(digits) and (usual or fours or near)) or (usual and near)


IBAN_COUNTRIES = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 "
    "ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 "
    "QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
IBAN_SIZES = {entry[:2]: int(entry[2:]) for entry in IBAN_COUNTRIES.split()}
"""Characters of an account number by country (SWIFT's IBAN registry)."""
IBAN_START = re.compile(rf"(?<![A-Za-z0-9])([A-Z]{{2}}) ?({DIGIT} ?{DIGIT})")
IBAN_LABEL = re.compile(r"IBAN\W{0,4}$", re.IGNORECASE)


def iban_checks(account: str) -> bool:
    """Whether the account's own two digits check the rest (ISO 7064, mod 97)."""
    turned = account[4:] + account[:4]
    return turned.isalnum() and int("".join(str(int(mark, 36)) for mark in turned)) % 97 == 1


def bank_accounts(text: str) -> Iterator[Span]:
    """IBANs that check; behind the word IBAN those of the right length too: one misreading breaks the sum."""
    done = 0
    for start in IBAN_START.finditer(text):
        size = IBAN_SIZES.get(start[1])
        if size is None or start.start() < done:
            continue
        end = _end_of(text, start.start(), size)
        if end is None:
            continue
        account = re.sub(r"[^A-Za-z0-9|!]", "", text[start.start() : end])
        digits = account[:2] + account[2:].translate(AS_DIGITS)
        part = account[:2] + account[2:4].translate(AS_DIGITS) + account[4:].upper()
        labelled = IBAN_LABEL.search(text[: start.start()])
        if labelled or iban_checks(digits) or (part.isascii() and part.isalnum() and iban_checks(part)):
            done = end
            yield Span(start.start(), end, IBAN)


def _end_of(text: str, start: int, size: int) -> int | None:
    """Where `size` letters and digits end, single blanks between them passed over; None if they do not."""
    at, taken = start, 0
    while at < len(text) and taken < size:
        if text[at].isalnum() or text[at] in "|!":
            taken += 1
        elif text[at] not in " \n-" or not text[at - 1].isalnum():
            return None
        at += 1
    return at if taken == size and not text[at : at + 1].isalnum() else None


# ------------------------------------------------------------------ tokens

TOKENS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"A(?:KIA|SIA|ROA|IDA)[0-9A-Z]{16}"
    r"|gh[pousr][_ ]?[A-Za-z0-9]{16,}|github[_ ]pat[_ ]\w{16,}|glpat-[\w-]{16,}"
    r"|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,}"
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}"
    r"|[a-z]{2,8}[_ ](?:live|test|prod|secret)[_ ][A-Za-z0-9]{12,}"
    r"|(?:whsec|shpat|shpss|npm|hf|dop_v1)[_ ][A-Za-z0-9]{16,}"
    r"|sk-[\w-]{20,}|pypi-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r")"
)
BEARER = re.compile(
    r"\b(?:Bearer|Basic)\s+(?P<value>[\w\-.=+/~]{12,})|\bAuthorization:\s*(?:\w+\s+)?(?P<other>[^\s\"']{8,})"
)
IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]+://[^\s/:@]*:(?P<value>[^\s/@]+)@", re.IGNORECASE)


MISREAD = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<aws>A(?:K[I1lTL|!]A|S[I1lTL|!]A|R[O0]A|[I1lTL|!]DA))"
    r"|(?P<slack>x[oO0]x[abeoprs]|xapp)[_ ]?[-~]"
    r"|(?:[gq9]h[pousr][_~]|g[il1]thub[_ ]pat[_ ]|g[lI1]pat-|[sS5]k-(?:proj|ant|svcacct)-|sk-"
    r"|A[Il1|]za|hf_|npm_))"
    r"(?=[A-Za-z0-9 ])"
)
"""What tokens begin with, as it is read: 0 for O, T or l for I, an underscore lost beside a hyphen."""
CHUNK = re.compile(r" ?(?:[A-Z]{1,3} )?((?:[^\s\"',;<>(){}]|\)(?=[A-Za-z0-9]))+)")
CAPITALS = re.compile(r"[0-9A-Z]{2,17}(?: [0-9A-Z]{2,15})?[)\]|!l]?(?![A-Za-z0-9])")
BODY = 16
"""Letters and digits that follow at least; of AWS there are sixteen."""


def tokens(text: str) -> Iterator[Span]:
    """Tokens of known forms, what follows `Authorization`, and passwords in addresses."""
    yield from _misread(text)
    for found in TOKENS.finditer(text):
        # A blank may be an underscore that was overlooked; then a word of mere letters is just a word.
        if " " not in found[0] or looks_made(found[0].rpartition(" ")[2]):
            # A long JWT is often read with blanks in it.
            broken = found[0].startswith("eyJ") and any(map(looks_made, text[found.end() :].split()))
            yield Span(found.start(), len(text) if broken else _goes_on(text, found.end()), TOKEN)
    for found in BEARER.finditer(text):
        name = "value" if found["value"] else "other"
        if any(mark.isdigit() for mark in found[name]):
            yield Span(*found.span(name), TOKEN)
    for found in IN_ADDRESS.finditer(text):
        yield Span(*found.span("value"), PASSWORD)


def _misread(text: str) -> Iterator[Span]:
    """Tokens with a misread beginning, or with blanks and signs in them that are none."""
    for found in MISREAD.finditer(text):
        end = _goes_on(text, found.end(), numbers=bool(found["slack"]))
        body = re.sub(r"[^A-Za-z0-9]", "", text[found.end() : end])
        if found["aws"]:
            end, body = _of_capitals(text, found.end())
        if len(body) >= BODY - bool(found["aws"]) and looks_made(body):
            yield Span(found.start(), end, TOKEN)


def _of_capitals(text: str, at: int) -> tuple[int, str]:
    """Where sixteen capitals and digits end, one misread and one blank among them at most, and they."""
    found = CAPITALS.match(text, at)
    body = found[0].replace(" ", "") if found else ""
    return (found.end(), body) if found and len(body) in (15, 16, 17) else (at, "")


def _goes_on(text: str, at: int, numbers: bool = False) -> int:
    """Where the words end that no one writes: a token, or its rest behind a blank that is none."""
    while found := CHUNK.match(text, at):
        whole = found[1].rstrip(".:")
        if not (looks_odd(whole) or (numbers and whole[-1:].isdigit())):
            break
        at = found.start(1) + len(whole)
    return at


# ------------------------------------------------------------------ fields

WORD = r"(?:pa[s5$]{2}[ -]?w(?:[o0]r[dt]|d)|passphrase|passcode|kennwort|pwd|mot de passe|contrase(?:ñ|n)a)"
VALUE = r"(?P<value>\"[^\"]{3,}\"?|'[^']{3,}'?|[^\s\"',;]{3,})"
ENV = re.compile(
    rf"(?:\b[A-Z0-9_]*(?<!BY)(?<!COM)PASS(?!ED\b|ES\b|IVE|ENGER|ING\b)[A-Z0-9_]*|\b(?:\w+[_.-])?pass)\s?=\s?{VALUE}"
)
PASSWORD_FIELD = re.compile(rf"(?<![a-z]){WORD}\w{{0,3}}[\"')\]]?\s*(?::=|=>|[:=])\s*{VALUE}", re.IGNORECASE)
PASSWORD_SAID = re.compile(rf"\b{WORD}\s+(?:is|was|ist|lautet)[: ]+{VALUE}", re.IGNORECASE)
PASSWORD_BESIDE = re.compile(rf"^\W*(?:\w+\s)?{WORD}\s*[:*]?\s+(?P<value>\S{{6,}})\W*$", re.IGNORECASE)
PASS_FIELD = re.compile(
    r"(?<![\w-])(?<!boarding )pass\s?:\s*(?P<value>[^\s\"',;]{6,})(?=\s*(?:$|[,;|]))", re.IGNORECASE
)
TOLD_PROGRAM = re.compile(
    r"\b(?:(?:mysql|mariadb)[\w-]*\b[^\n]{0,200}?\s-p|sshpass\s+-p\s*"
    r"|curl\b[^\n]{0,200}?\s(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,80}:(?!//))"
    r"(?P<value>\"[^\"]+\"?|'[^']+'?|[^\s\"';]{3,})"
)
"""A password that a program is given on its command line."""
KEY_FIELD = re.compile(
    rf"\b[\w.-]*(?:api[ _-]?\w?key|access[ _-]?key|secret(?:[ _-]?key)?|token|client[ _-]?secret"
    rf"|auth[ _-]?key)\w*[\"']?\s*(?::=|=>|[:=])\s*{VALUE}",
    re.IGNORECASE,
)
CODE_FIELD = re.compile(
    r"\b(?:cvc|cvv|csc|prüfnummer|kartenprüfnummer)2?\W{0,4}(?P<value>\d{3,4})\b", re.IGNORECASE
)
LABEL = re.compile(rf"\W*(?:\w+\s)?{WORD}\s*[:*]*\W*", re.IGNORECASE)
"""A line that is nothing but the label of a password field."""

NO_SECRET = re.compile(
    r"\W*(?:none|null|nil|true|false|yes|no|required|optional|forgot\w*|forgotten|vergessen\w*|wrong|incorrect|invalid|"
    r"reset|change|ändern|show|hide|hidden|empty|leer|password|passwort|kennwort|secret|token|your\w*|the|not|must|"
    r"str|string|int|bytes|self|os|env|getenv|input|settings|config|args|kwargs|min\w*|max\w*|length|"
    r"expired?|abgelaufen|falsch|erforderlich|manager|protected|"
    r"[*•●·.xX_-]{3,}|\[[\w ]+\]|<[^>]*>|\$\{?\w+\}?|%\w+%)\W*",
    re.IGNORECASE,
)


def fields(text: str) -> Iterator[Span]:
    """What stands behind the label of a password or key."""
    for form in (PASSWORD_FIELD, PASSWORD_SAID, ENV):
        for found in form.finditer(text):
            prose = form is PASSWORD_SAID and not looks_chosen(found["value"])
            if not prose and not _is_code(found["value"]):
                yield Span(found.start("value"), _goes_on(text, found.end("value")), PASSWORD)
    for found in TOLD_PROGRAM.finditer(text):
        if not _is_code(found["value"]) and not found["value"].startswith("$"):
            yield Span(*found.span("value"), PASSWORD)
    for found in PASS_FIELD.finditer(text):
        if looks_picked(found["value"]):
            yield Span(*found.span("value"), PASSWORD)
    beside = PASSWORD_BESIDE.match(text)
    if beside and looks_chosen(beside["value"]):
        yield Span(*beside.span("value"), PASSWORD)
    for found in KEY_FIELD.finditer(text):
        end = _goes_on(text, found.end("value"))
        parts = text[found.start("value") : end].split()
        broken = len(parts) > 1 and all(map(looks_odd, parts)) and looks_made("".join(parts))
        if (looks_made(found["value"]) or broken) and not _is_code(found["value"]):
            yield Span(found.start("value"), end, TOKEN)
    for found in CODE_FIELD.finditer(text):
        yield Span(*found.span("value"), CARD)


def _is_code(value: str) -> bool:
    """A call, a placeholder or a word about passwords stands there, no password."""
    return bool(NO_SECRET.fullmatch(value)) or ("(" in value and value.rstrip(";,").endswith(")"))


def looks_chosen(value: str) -> bool:
    """Whether a lone word is a password rather than prose: letters mixed with digits or signs inside."""
    letters = any(mark.isalpha() for mark in value)
    others = any(not mark.isalpha() for mark in value.strip(".,;:!?()\"'"))
    return letters and others and len(value) >= 6 and not _is_code(value)


def looks_picked(value: str) -> bool:
    """Stricter, behind a word that also heads test reports and passes: no name of a test, number or file."""
    digits_within = re.search(r"\d\w*[A-Za-z]", value) and any(mark.islower() for mark in value)
    signs = re.search(r"[!@#$%^&*+?=]", value)
    many = re.fullmatch(r"[A-Za-z]*[a-z][A-Za-z]*\d{2,}", value) and not value.startswith(("test", "Test"))
    return bool(
        looks_chosen(value) and (digits_within or signs or many) and not re.search(r"[/._:()\[\]-]", value)
    )


def looks_made(value: str) -> bool:
    """Whether a word was made by a machine: long, letters and digits mixed or large and small ones as no
    name has them, no address or path.
    """
    bare = value.strip("\"'")
    mixed = any(mark.isdigit() for mark in bare) and any(mark.isalpha() for mark in bare)
    large = len(re.findall(r"[A-Z](?=[A-Z])", bare))
    tossed = len(bare) >= 20 and 8 * min(large, len(re.findall(r"[a-z](?=[A-Z])", bare))) >= len(bare)
    return len(bare) >= 12 and (mixed or tossed) and not re.search(r"://|^[./~]|\.\w{1,4}$", bare)


def looks_odd(value: str) -> bool:
    """Whether no one writes such a word: digits among letters, or capitals within beside small letters."""
    core = re.sub(r"[^A-Za-z0-9]", "", value)
    mixed = any(mark.isdigit() for mark in core) and any(mark.isalpha() for mark in core)
    inner = any(mark.isupper() for mark in core[1:]) and any(mark.islower() for mark in core)
    return mixed or inner
