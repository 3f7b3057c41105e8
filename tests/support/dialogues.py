"""Dialogues for chats: what was asked and cited, what is asked now, and what that is to be taken for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from memory.recall.chats.chat import Meant, resolve
from memory.recall.chats.pieces import carrying
from memory.recall.language.words import tokens
from memory.recall.retrieval.retrieve import Spoken
from memory.recall.understanding.understand import Names, understand
from memory.records import Answer, Citation, Moment, Question, Turn, Understood

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 5, 21, 16, 40, tzinfo=ZONE)
"""A Thursday."""

APPS = ("Firefox", "XTerm", "mousepad", "Thunderbird")


@dataclass(frozen=True)
class Dialogue:
    """A question, another after it, and what that means.

    `meant`: the question made whole; None: it stands for itself and is not changed. `span` is that of the
    first question where none is given, an end left empty is open. `prefer` and `past` are numbers of the
    cited moments, which were seen at 9:30 and at 14:30 two days before now. `half`: rules were made on
    the tuning one. `missed`: it is understood wrongly.
    """

    first: str
    then: str
    half: str
    meant: str | None = None
    span: str = ""
    kind: str = ""
    apps: tuple[str, ...] = ()
    prefer: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    missed: bool = False


def dialogues() -> tuple[Dialogue, ...]:
    """All of them; follow-ups and questions that stand for themselves, English and German."""
    lines = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(msgspec.json.decode(line, type=Dialogue) for line in lines)


def moments() -> tuple[Moment, Moment]:
    """The two that the first answer cites."""
    made = []
    for id, hour in ((1, 9), (2, 14)):
        at = datetime(2026, 5, 19, hour, 30, tzinfo=ZONE)
        made.append(Moment(id, at, at + timedelta(minutes=5), 0, "Firefox", "Inbox", None, 1, False, ()))
    return made[0], made[1]


def take(text: str, at: datetime) -> Understood:
    return understand(text, at, Names(APPS))


def asked_first(question: str) -> Turn:
    """The first question of a dialogue as a turn, answered by two moments."""
    cited = tuple(Citation(n, moment, "as shown") for n, moment in enumerate(moments(), 1))
    said = Answer(
        Question(question, NOW, "t"), take(question, NOW), True, "As shown [1] [2].", 0.8, cited, ()
    )
    return Turn(1, said, (1, 2))


def span_of(understood: Understood) -> str:
    """As a dialogue writes it; "" for none."""
    ends = [end and f"{end:%Y-%m-%d %H:%M}" for end in (understood.since, understood.until)]
    return "/".join(end or "" for end in ends) if any(ends) else ""


def _words(text: str) -> list[str]:
    """Those that carry meaning, in no order."""
    return sorted(set(tokens(" ".join(carrying(text)))))


def whole(question: Question, before: Sequence[Turn]) -> Meant:
    return resolve(question, before, take)


def mistakes(dialogue: Dialogue, way: Callable[[Question, Sequence[Turn]], Meant] = whole) -> list[str]:
    """What is wrong in the understanding of the second question; empty where it is right."""
    first = asked_first(dialogue.first)
    meant = way(Question(dialogue.then, NOW, "t"), (first,))
    understood = meant.question.understood
    if dialogue.meant is None:
        return (
            [] if meant == Meant(Question(dialogue.then, NOW, "t")) else [f"changed: {meant.question.text}"]
        )
    if understood is None:
        return ["taken to stand for itself"]
    spoken = meant.spoken or Spoken()
    pairs = {
        "words": (_words(understood.text), _words(dialogue.meant)),
        "span": (span_of(understood), dialogue.span or span_of(first.answer.understood)),
        "kind": (understood.kind, dialogue.kind or understood.kind),
        "apps": (understood.apps, dialogue.apps or understood.apps),
        "prefer": (spoken.prefer, dialogue.prefer or spoken.prefer),
        "past": (spoken.past, dialogue.past),
    }
    return [f"{name}: {got} for {wanted}" for name, (got, wanted) in pairs.items() if got != wanted]
