"""Chats and reasons: follow-ups understood and answered, and why nothing is found, beside plain ways.

`python -m tests.bench.recall_chat` needs no data but its own. Dialogues (tests/support/dialogues.jsonl): the
tuning half was written before the rules, the other after them, and its misses were then mended once. Prices:
invented screens of a fortnight, drawn (SEED): a question, a follow-up, and the value or name that answers it.
Absences (tests/support/absences.py): questions that nothing answers, each with the reason why.

Baselines: each question for itself, and the last question put before it.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from memory.ledger.connection import Db, Writer
from memory.recall.answering.answer import answer
from memory.recall.chats.chat import Meant
from memory.recall.retrieval.meant import understood_of
from memory.records import Answer, Query, Question, Turn
from tests.memory.recall.conftest import SharedWords, show
from tests.support import absences
from tests.support.builders import a_ledger
from tests.support.dialogues import Dialogue, dialogues, mistakes, take, whole

SEED = 14
DRAWN = 12
"""Of each form of dialogue."""

Way = Callable[[Question, Sequence[Turn]], Meant]


def alone(question: Question, before: Sequence[Turn]) -> Meant:
    """Each question for itself."""
    return Meant(question)


def joined(question: Question, before: Sequence[Turn]) -> Meant:
    """The last question put before it."""
    text = f"{before[-1].answer.question.text} {question.text}" if before else question.text
    return Meant(replace(question, text=text, understood=take(text, question.at)))


def unled(question: Question, before: Sequence[Turn]) -> Meant:
    """Chats without what was cited."""
    return replace(whole(question, before), spoken=None)


WAYS: dict[str, Way] = {
    "chat": whole,
    "without what was cited": unled,
    "each for itself": alone,
    "last question before it": joined,
}

# ------------------------------------------------------------------ understood


def understood() -> None:
    parts: dict[str, Callable[[Dialogue], bool]] = {
        f"{kind}, {half}": lambda one, half=half, follows=follows: (  # type: ignore[misc]
            one.half == half and (one.meant is not None) == follows
        )
        for half in ("tuning", "reporting")
        for kind, follows in (("follow-ups", True), ("new topics", False))
    }
    print(f"| understood right | {' | '.join(WAYS)} | n |\n| --- | {'---: | ' * (len(WAYS) + 1)}")
    for name, belongs in parts.items():
        some = [one for one in dialogues() if belongs(one)]
        shares = [sum(not mistakes(one, way) for one in some) / len(some) for way in WAYS.values()]
        print(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} | {len(some)} |")


# ------------------------------------------------------------------ answered

MONDAY = datetime(2026, 5, 4, tzinfo=absences.ZONE)
NOW = MONDAY + timedelta(days=14, hours=18)
THINGS = {"teak": "Teak", "varnish": "Lack", "rope": "Tau", "ballast": "Ballast"}
APPS = ("Firefox", "Thunderbird")


@dataclass(frozen=True)
class Price:
    """What was seen of a thing on a day: told by a person in an application."""

    thing: str
    at: datetime
    app: str
    person: str
    value: str


@dataclass(frozen=True)
class Talk:
    """Two questions, and what has to stand in the second answer."""

    first: str
    then: str
    wanted: str


def prices(db: Writer, chance: random.Random) -> dict[tuple[str, int], Price]:
    """Each thing once a day for a fortnight, in an order of its own each day, at another price each time."""
    made: dict[tuple[str, int], Price] = {}
    values = chance.sample(range(100, 999), 14 * len(THINGS))
    for day in range(14):
        for hour, thing in enumerate(chance.sample(sorted(THINGS), len(THINGS)), 9):
            at = MONDAY + timedelta(days=day, hours=hour)
            one = Price(thing, at, chance.choice(APPS), chance.choice(absences.PEOPLE), f"{values.pop()}.00")
            said = [f"{THINGS[thing]} / {thing}: EUR {one.value}", f"told by {one.person}"]
            show(db, at, one.app, f"Prices of {at:%d.%m.} - {thing}", said)
            made[thing, day] = one
    return made


def talks(made: dict[tuple[str, int], Price], chance: random.Random) -> Iterator[tuple[str, Talk]]:
    """By form of follow-up; half of each in English, half in German."""
    for n in range(DRAWN):
        thing, other = chance.sample(sorted(THINGS), 2)
        day = chance.randrange(2, 12)
        one, german = made[thing, day], n % 2 == 1
        on = f"am {one.at.day}. Mai" if german else f"on {one.at.day} May"
        first = f"Was kostete {THINGS[thing]} {on}?" if german else f"How much was {thing} {on}?"
        then: dict[str, tuple[str, str, str]] = {
            "the day before": ("and the day before?", "und am Tag davor?", made[thing, day - 1].value),
            "two days later": ("and two days later?", "und zwei Tage später?", made[thing, day + 2].value),
            "another thing": (f"and {other}?", f"und {THINGS[other]}?", made[other, day].value),
            "who": ("who told that?", "und wer hat das gesagt?", one.person),
            "where": ("where did I see that?", "wo habe ich das gesehen?", one.app),
        }
        first_of = dict.fromkeys(then, first)
        earliest = made[thing, 0]
        now = f"Was kostete {THINGS[thing]} zuerst?" if german else f"What was the first price of {thing}?"
        for form in ("who", "where"):
            english, deutsch, _ = then[form]
            wanted = earliest.person if form == "who" else earliest.app
            then[f"{form}, of the first"] = (english, deutsch, wanted)
            first_of[f"{form}, of the first"] = now
        for form, (english, deutsch, wanted) in then.items():
            yield form, Talk(first_of[form], deutsch if german else english, wanted)


def answered() -> None:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder, closing(a_ledger(Path(folder))) as ledger:
        with ledger.writing() as db:
            made = prices(db, chance)
        with ledger.reading() as db:
            asked = list(talks(made, chance))
            right = {
                name: Counter(form for form, talk in asked if _right(db, talk, way))
                for name, way in WAYS.items()
            }
    forms = Counter(form for form, _ in asked)
    print(f"\n| answered right | {' | '.join(WAYS)} | n |\n| --- | {'---: | ' * (len(WAYS) + 1)}")
    for form, count in forms.items():
        print(f"| {form} | {' | '.join(f'{right[name][form] / count:.2f}' for name in WAYS)} | {count} |")
    whole = sum(forms.values())
    print(f"| all | {' | '.join(f'{sum(right[name].values()) / whole:.2f}' for name in WAYS)} | {whole} |")


def _right(db: Db, talk: Talk, way: Way) -> bool:
    first = _ask(db, Meant(Question(talk.first, NOW, "t")))
    turn = Turn(1, first, tuple(citation.moment.id for citation in first.citations))
    said = _ask(db, way(Question(talk.then, NOW + timedelta(minutes=1), "t"), [turn]))
    return said.found and talk.wanted in said.text.split(". Then")[0]


def _ask(db: Db, meant: Meant) -> Answer:
    meaning = SharedWords(db)
    question = meant.question
    if question.understood is None:
        question = replace(question, understood=understood_of(db, meaning, Query(question.text, question.at)))
    return answer(db, meaning, question, meant.spoken)


# ------------------------------------------------------------------ why nothing is found


def reasons() -> None:
    chance = random.Random(SEED)
    right, kinds = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, closing(a_ledger(Path(folder))) as ledger:
        with ledger.writing() as db:
            gone = absences.fill(db, chance)
        with ledger.reading() as db:
            meaning = SharedWords(db)
            for one in absences.questions(gone, chance):
                said = answer(db, meaning, Question(one.question, absences.NOW))
                kinds[one.why] += 1
                right[one.why] += said.missing == one.missing and absences.SAYS[one.why] in said.text
    print("\n| why nothing is found | right reason | n |\n| --- | ---: | ---: |")
    for why, count in kinds.items():
        print(f"| {why} | {right[why] / count:.2f} | {count} |")
    print(f"| all | {sum(right.values()) / sum(kinds.values()):.3f} | {sum(kinds.values())} |")


if __name__ == "__main__":
    understood()
    answered()
    reasons()
