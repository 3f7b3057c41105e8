"""What an answer says in words of its own: each value in a cited line, each time and count borne out anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memory.ledger.connection import Db
from memory.recall.checking.recount import recounted
from memory.recall.checking.standing import Quoted, Shown, plain, stands
from memory.recall.checking.witness import DAY, MINUTE, Span, Witness
from memory.recall.language.apps import class_of
from memory.records import Moment

GAP = "\x1f"
"""Stands in a sentence for a quote and for what is already borne out."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = rf"(?:{'|'.join(_WEEKDAYS)}) \d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
_CLOCK = r"\d{2}:\d{2}"
_LENGTH = r"(?:\d+ h(?: \d+ min)?|\d+ min|\d+ s)\b"
_TIME = rf"(?P<day>{_DATE})(?:, (?P<clock>{_CLOCK}))?"

_UNITS = {"h": 3600, "min": 60, "s": 1}

_NAMELESS = """
    a an the this that these those it there then and or also as at by for from in into of on over to
    up with about around between during within since until before after when while where which what
    is was were has had been said seen shown shows opened looked changed came followed started ended
    left again ago you i now current currently latest newest new old older oldest earlier later
    first last next previously today yesterday morning evening day days hour hours min minutes
    seconds time times same moment moments screen screens page picture window site application value
    values visit visits change changes
"""
_PLAIN = frozenset(re.findall(r"\w+", _NAMELESS))
"""Words that name nothing: what holds a sentence about screens together. No negation, no numeral, no yes, and
nothing that says of how many or of which it is true; what is first, last or current is looked up.
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of an answer with its marks: its words, GAP for each quote; the cited moments, and what each of
    the quotes rests on; the question that it answers, and all moments that the whole answer cites.
    """

    words: str
    shown: tuple[Shown, ...]
    quoted: tuple[Quoted, ...]
    question: str = ""
    whole: tuple[Moment, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The cited lines, and the names of the cited moments."""
        cited = (text for one in self.quoted for text in one.texts)
        return (*cited, *(name for one in self.shown for name in one.names))


def borne_out(db: Db, sentence: Sentence, asked: Span) -> bool:
    """Whether all that a sentence says outside its quotes follows from what it cites.

    `asked` is the time that the question was taken to be about: what is counted is counted in it.
    """
    cited = tuple(one.moment for one in sentence.shown)
    lines = tuple(plain(row.line.text) for one in sentence.quoted for row, _ in one.lines)
    witness = Witness(db, cited, lines, sentence.question, asked)
    beside = replace(witness, cited=(*cited, *sentence.whole))
    left = _NAMED.sub(GAP, sentence.words)
    for pattern, holds in FORMS:
        for match in pattern.finditer(left):
            # A span may begin with what one sentence cites and end with what the next one does.
            seen = beside if holds in (_from_to, _changed) else witness
            if not stands_in(match[0], sentence.texts) and not holds(seen, match):
                return False
        left = pattern.sub(GAP, left)
    return all(_told(phrase, sentence) for phrase in _phrases(left))


def stands_in(value: str, texts: Sequence[str]) -> bool:
    """Whether a value stands whole in one of these texts."""
    return any(stands(plain(value), text) for text in texts)


# ------------------------------------------------------------------ words


_PARTS = re.compile(rf"{GAP}|[“”()\[\];]|[.,:!?](?=\s|$)|(?:^|\s)[–—-](?=\s|$)")


def _phrases(words: str) -> Iterator[str]:
    """Runs of words between signs that part; a sign within a number or a name parts nothing."""
    for part in _PARTS.split(words):
        if phrase := " ".join(part.split()):
            yield phrase


def _told(phrase: str, sentence: Sentence) -> bool:
    """Whether a phrase stands in one cited line, words that name nothing before and after it left aside."""
    own, words = _own_words(sentence.shown), phrase.split()
    known = [word.casefold() in _PLAIN or word.casefold() in own for word in words]
    if all(known) or stands_in(phrase, sentence.texts):
        return True
    first, last = known.index(False), len(known) - known[::-1].index(False)
    return any(
        stands_in(" ".join(words[start:end]), sentence.texts)
        for start in range(first + 1)
        for end in range(last, len(words) + 1)
    )


def _own_words(shown: Sequence[Shown]) -> frozenset[str]:
    """The applications of the cited moments, what kind they are, and their sites."""
    names = [name for one in shown for name in (one.moment.app, class_of(one.moment.app) or "")]
    sites = [re.sub(r"^\w+://([^/]+).*", r"\1", one.moment.url or "") for one in shown]
    return frozenset(word.casefold() for name in (*names, *sites) for word in plain(name).split())


# ------------------------------------------------------------------ order


_NAMED = re.compile(rf"^\s*(?P<which>First|Last) (?P<thing>.{{1,80}}?)\.(?= {_DATE})")
_SIDE = re.compile(r"^\s*(?P<side>Before|After)(?P<that> that)?\b")
_LATER = re.compile(r"^\s*(?:Then|Later|Last)\b")
_EARLIER = re.compile(r"^\s*Earlier\b")
_OF_ANOTHER = re.compile(rf"^\s*(?:First|Last|Then|Later|Earlier),? (?={_DATE})")


def in_order(sentences: Sequence[Sentence]) -> bool:
    """Whether the cited moments are in the order that sentences tell by how they begin."""
    starts = [sentence.shown[0].moment.start for sentence in sentences]
    if _OF_ANOTHER.match(sentences[0].words) and not _one_then_other(sentences):
        return False
    for k, sentence in enumerate(sentences):
        side = _SIDE.match(sentence.words)
        # What begins an answer is told of what follows it; what comes behind, of what was before it.
        other = sentences[k - 1 : k] if k else sentences[1:2]
        if side and not (other and _on_side(starts[k], other[0].shown[0].moment.start, side["side"])):
            return False
        if k and _LATER.match(sentence.words) and starts[k] < starts[k - 1]:
            return False
        if k and _EARLIER.match(sentence.words) and starts[k] > starts[k - 1]:
            return False
    return _named_right(sentences)


def _one_then_other(sentences: Sequence[Sentence]) -> bool:
    """Whether two things are told as first and then, or as last and before that."""
    pairs = ((r"\s*First\b", r"\s*Then\b"), (r"\s*Last\b", r"\s*Before that\b"))
    words = [sentence.words for sentence in sentences]
    return len(words) == 2 and any(re.match(a, words[0]) and re.match(b, words[1]) for a, b in pairs)


def _on_side(own: datetime, other: datetime, side: str) -> bool:
    return own <= other if side == "Before" else own >= other


def _named_right(sentences: Sequence[Sentence]) -> bool:
    """Whether of two things that one which is said to be first, or last, is it: a thing of the question, of
    which its own moment shows no less than the other one's.
    """
    named = _NAMED.match(sentences[0].words)
    if any(_NAMED.match(sentence.words) for sentence in sentences[1:]):
        return False
    if named is None or len(sentences) != 2:
        return named is None
    one, other = (sentence.shown[0] for sentence in sentences)
    words = _words(named["thing"])
    first = one.moment.start <= other.moment.start
    return (
        words <= _words(sentences[0].question)
        and len(words & _all_words(one)) >= len(words & _all_words(other))
        and (first if named["which"] == "First" else one.moment.start >= other.moment.start)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _all_words(shown: Shown) -> set[str]:
    return _words(" ".join((*shown.names, *(row.line.text for row in shown.rows))))


# ------------------------------------------------------------------ times, lengths, counts


def _when(witness: Witness, match: re.Match[str]) -> bool:
    """A time, or a day alone, at which what is cited was seen."""
    at = _at(witness, match["day"], match["clock"])
    return at is not None and witness.was(at, MINUTE if match["clock"] else DAY)


def _from_to(witness: Witness, match: re.Match[str]) -> bool:
    """From one time to another, and how long that is where it is said."""
    start = _at(witness, match["day"] or match["on"], match["start"])
    end = _at(witness, match["day2"] or match["on"], match["end"])
    if start is None or end is None or not witness.was(start, MINUTE) or not witness.was(end, MINUTE):
        return False
    return match["length"] is None or _near(_length(match["length"]), end - start)


def _summed(witness: Witness, match: re.Match[str]) -> bool:
    """So long on the screen, in so many visits, from a time on."""
    start, stated = _at(witness, match["day"], match["clock"]), _length(match["length"])
    visits = int(match["visits"] or 1)
    return (
        start is not None
        and witness.was(start, MINUTE)
        and any(_near(stated, spent) and visits == often for spent, often in witness.sums())
    )


def _count(witness: Witness, match: re.Match[str]) -> bool:
    return int(match["n"]) in witness.counts(match["unit"] == "day")


def _changed(witness: Witness, match: re.Match[str]) -> bool:
    """How often what is cited has changed, or how many values there were."""
    first, last = witness.cited[0], witness.cited[-1]
    counted = recounted(witness.db, match.string, witness.texts, first, last)
    return int(match["n"]) in counted[match["unit"] == "value"]


def _at(witness: Witness, date: str | None, clock: str | None) -> datetime | None:
    """A time as it is written, in the zone of what is cited; None where there is no such day."""
    weekday, day, month, year = (date or "Mon 0 Jan 2000").split()
    hour, minute = (int(part) for part in (clock or "0:0").split(":"))
    zone = witness.cited[0].start.tzinfo
    try:
        at = datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, tzinfo=zone)
    except ValueError:
        return None
    return at if _WEEKDAYS[at.weekday()] == weekday else None


def _length(written: str) -> timedelta:
    """A length as it is written, like "4 h 43 min"."""
    parts = re.findall(r"(\d+) (h|min|s)\b", written)
    return timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in parts))


def _near(stated: timedelta, real: timedelta) -> bool:
    return abs(stated - real) <= MINUTE


Form = tuple[re.Pattern[str], Callable[[Witness, re.Match[str]], bool]]

FORMS: tuple[Form, ...] = (
    (
        re.compile(
            rf"(?:About (?P<length>{_LENGTH}), )?from (?:(?P<day>{_DATE}), )?(?P<start>{_CLOCK})"
            rf" to (?:(?P<day2>{_DATE}), )?(?P<end>{_CLOCK})(?: \((?P<on>{_DATE})\))?"
        ),
        _from_to,
    ),
    (
        re.compile(
            rf"About (?P<length>{_LENGTH})(?: in (?P<visits>\d+) visits)?,"
            rf" from (?P<day>{_DATE}), (?P<clock>{_CLOCK})"
        ),
        _summed,
    ),
    (re.compile(r"^\s*(?P<n>\d+) (?P<unit>time|day)s?\."), _count),
    (re.compile(r"^\s*(?P<n>\d+) (?P<unit>change|value)s?\."), _changed),
    (re.compile(_TIME), _when),
)
"""How times, lengths and counts are written, the longest form first, and what bears each out."""
