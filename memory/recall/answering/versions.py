"""Answers about values that change: the one now and the one before, earlier ones, how often, since when."""

from __future__ import annotations

from collections.abc import Sequence

from memory.recall.answering.changing import Wanted, topic_of, wanted_of
from memory.recall.answering.draft import Claim, Draft, Missing, time
from memory.recall.answering.history import FEW, MOST, Hold, history
from memory.recall.answering.known import Known
from memory.recall.answering.sights import masked, quoted_in
from memory.recall.answering.statements import WORDS
from memory.recall.understanding.wanted import wanted

SURE, PLAIN = 0.85, 0.75
"""How sure an answer is where the question asks for a change, and where it only asks for what is."""

ROOM = 90
"""Characters of a quote."""

_NEVER = frozenset(("why", "whether"))
_PLAIN = frozenset(("what", "who", "when", "where", "how much"))
"""Kinds of question that ask for a value where nothing is said of a change."""

LEAST = 2
"""Words that must name what it is about."""


def versions(known: Known) -> Draft | None:
    """An answer from the values that a thing has had; None where the question asks for none, or none is told.

    Where nothing is said of a change and there was none, all other ways to answer are left to try.
    """
    understood = known.understood
    dated = understood.since is not None or understood.until is not None
    asked = wanted_of(masked(known.question.text), dated)
    topic = topic_of(understood.text)
    if asked is None or len(topic) < LEAST or quoted_in(known.question.text):
        return None
    if understood.kind in _NEVER or (asked.plain and understood.kind not in _PLAIN):
        return None
    asks_itself = asked.which not in ("changes", "values", "changed")
    kinds = wanted(
        *((known.question.text, understood.kind) if asks_itself else (" ".join(topic), "what"))
    ).kinds
    holds = history(known.db, topic, kinds, FEW if asked.which == "now" else MOST)
    if not holds or (asked.plain and not _is_told(holds)):
        return None
    return _answered(known, asked, holds)


def _is_told(holds: Sequence[Hold]) -> bool:
    """Whether what only was asked for as it is changed, or is told clearly."""
    last = holds[-1].told
    return last.kind != WORDS and (len(holds) >= LEAST or last.clear)


def _answered(known: Known, asked: Wanted, holds: Sequence[Hold]) -> Draft | None:
    if asked.which == "changes":
        return _counted(len(holds) - 1, "change", holds)
    if asked.which == "values":
        return _counted(len({hold.value for hold in holds}), "value", holds)
    if asked.which == "changed":
        return _changed(holds)
    at = {"now": len(holds) - 1, "first": 0, "back": len(holds) - 1 - asked.back}.get(asked.which)
    if at is None:
        until = known.understood.until
        at = sum(1 for hold in holds if until is None or hold.moment.start <= until) - 1
    if at < 0:
        return Draft((), 0.0, nothing=Missing("not found", _no_other(holds)))
    claims = [_claim("", holds[at])]
    if at + 1 < len(holds):
        claims.append(_claim("Then", holds[at + 1]))
    elif at:
        claims.append(_claim("Before", holds[at - 1]))
    return Draft(tuple(claims), PLAIN if asked.plain else SURE, inferred=asked.which != "now")


def _no_other(holds: Sequence[Hold]) -> str:
    first = holds[0]
    values = f"only {len(holds)} values were" if len(holds) > 1 else "only one value was"
    return f"Not found: {values} seen, the first {time(first.moment.start)}."


def _claim(lead: str, hold: Hold) -> Claim:
    said = _quote(hold)
    told = f"{lead} {hold.value}".strip()
    return Claim(f"{told}: “{said}” {{n}} ({time(hold.moment.start)}).", hold.moment, said)


def _quote(hold: Hold) -> str:
    """The words that say so; of many those up to the value."""
    if len(hold.quote) <= ROOM:
        return hold.quote
    end = hold.quote.rfind(hold.value) + len(hold.value)
    cut = hold.quote[max(0, end - ROOM) : max(end, ROOM)]
    return cut if end <= ROOM else cut.partition(" ")[2]


def _counted(many: int, name: str, holds: Sequence[Hold]) -> Draft:
    lead = f"{many} {name}{'' if many == 1 else 's'}"
    first = _claim("First", holds[0])
    claims = [Claim(f"{lead}. {first.text}", first.moment, first.quote)]
    if len(holds) > 1:
        claims.append(_claim("Last", holds[-1]))
    return Draft(tuple(claims), SURE, inferred=True)


def _changed(holds: Sequence[Hold]) -> Draft | None:
    if len(holds) < LEAST:
        return None
    new, old = holds[-1], holds[-2]
    said = _quote(new)
    lead = Claim(f"{time(new.moment.start)}: “{said}” {{n}}.", new.moment, said)
    return Draft((lead, _claim("Before", old)), SURE, inferred=True)
