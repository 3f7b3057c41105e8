"""A pottery's days in a real ledger, right answers of every form about them, and planted wrong ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from memory.ledger import fading, frames, moments, readings
from memory.ledger.connection import Ledger, Writer
from memory.recall.checking.check import checked
from memory.records import Box, Citation, Line, Moment, Reading
from tests.memory.recall.conftest import MONDAY, Row, show
from tests.support.builders import a_frame

BILL = "Bill KS-2207 - Kiln Supplies - Firefox"
JAR = "Throwing a tall jar - Tube - Firefox"
PLAN: list[Row | str] = [
    ("Kiln", 10, 40), ("Peak", 200, 40), ("Hold", 400, 40),
    ("North", 10, 70), ("1,240 °C", 200, 70), ("15 min", 400, 70),
    ("South", 10, 100), ("1,060 °C", 200, 100), ("25 min", 400, 100),
]  # fmt: skip
FIRST = [
    "Bill KS-2207 from Kiln Supplies",
    "From: Irma Valdes",
    "Total: EUR 412.80 for 6 crates of clay",
    "We will not refund opened glaze after 30 days.",
    "Due on 29 May 2026 at 17:00.",
    "Order K7-bX4q was shipped with 2 pallets, 340 kg.",
    "Ask Ruben Oyelaran about the van.",
]
SECOND = ["Bill KS-2207 from Kiln Supplies", "From: Irma Valdes", "Total: EUR 398.00 for 6 crates of clay"]

# Name, hours after Monday at nine, application, title, lines, looks: days at a pottery.
SCREENS: tuple[tuple[str, float, str, str, Sequence[Row | str], int], ...] = (
    ("bill", 0, "Firefox", BILL, FIRST, 4),
    ("plan", 1, "Firefox", "Kiln plan - Kiln Supplies - Firefox", PLAN, 1),
    ("chat", 2, "Signal", "Ruben", ["the van comes at 14:30", "bring 6 crates"], 1),
    ("shell", 24, "XTerm", "build: ~/site", ["$ make site", "error: page kiln-9 is missing"], 3),
    ("jar", 30, "Firefox", JAR, ["Throwing a tall jar", "12,408 views"], 5),
    ("newbill", 48, "Firefox", BILL, SECOND, 1),
    ("jar2", 49, "Firefox", JAR, ["Throwing a tall jar", "12,409 views"], 2),
    ("jar3", 55, "Firefox", JAR, ["Throwing a tall jar", "12,511 views"], 1),
    ("gone", 56, "Firefox", "Pin 4417 - Notes", ["Pin of the gate: 4417"], 1),
    ("pale", 57, "Firefox", "Glaze list - Notes", ["Copper red: 3.5 percent tin"], 1),
)


def fill(db: Writer) -> dict[str, Moment]:
    """The screens, a text without boxes, a line outside its picture; one has faded, one is forgotten."""
    ids = {
        name: show(db, MONDAY + timedelta(hours=hours), app, title, rows, looks)
        for name, hours, app, title, rows, looks in SCREENS
    }
    ids["note"] = _text(db, 3, (0, 0, 0, 0), "Fired 41 bowls.", "Two cracked.")
    ids["wide"] = _text(db, 4, (1200, 20, 400, 14), "Shelf 12 holds 80 kg.")
    made = {name: moments.get(db, id) for name, id in ids.items()}
    fading.fade(db, [ids["pale"]], "gist")
    moments.forget(db, [ids["gone"]])
    return made


def _text(db: Writer, hours: float, box: Box, *texts: str) -> int:
    at = MONDAY + timedelta(hours=hours)
    id = frames.add(db, a_frame(at=at, app="Notes", title="Diary"), None)
    readings.add(db, id, Reading(tuple(Line(text, box) for text in texts), "test"))
    readings.index_words(db, frames.moment_of(db, id))
    return frames.moment_of(db, id)


Cited = tuple[str, str]
"""A moment by name, and the quote."""

WEEK = (MONDAY, MONDAY + timedelta(days=5))


@dataclass(frozen=True)
class Case:
    """An answer: its text, what it cites, the question, and where its first citation is said to stand."""

    text: str
    cited: tuple[Cited, ...]
    question: str = ""
    box: Box | None = None


def held(ledger: Ledger, made: dict[str, Moment], case: Case) -> bool:
    """Whether the check lets an answer through."""
    boxes = (case.box,) if case.box else ()
    citations = [
        Citation(n, made[name], quote, boxes if n == 1 else ())
        for n, (name, quote) in enumerate(case.cited, start=1)
    ]
    with ledger.reading() as db:
        return checked(db, case.text, citations, case.question, WEEK) is not None


TOTAL = "Total: EUR 412.80 for 6 crates of clay"
LESS = "Total: EUR 398.00 for 6 crates of clay"
SHIPPED = "Order K7-bX4q was shipped with 2 pallets, 340 kg."
REFUND = "We will not refund opened glaze after 30 days."
TALL = "Throwing a tall jar - Tube"


def of_bill(text: str, *quotes: str, question: str = "") -> Case:
    return Case(text, tuple(("bill", quote) for quote in quotes), question)


def of_jar(text: str, *names: str, question: str = "") -> Case:
    return Case(text, tuple((name, TALL) for name in names), question)


RIGHT = {
    "an amount": of_bill(f"EUR 412.80: “{TOTAL}” [1] (Mon 18 May 2026, 09:00).", TOTAL),
    "no value": of_bill(f"“{TOTAL}” [1] (Mon 18 May 2026, 09:00).", TOTAL),
    "a number": of_bill(f"6: “{TOTAL}” [1] (Mon 18 May 2026, 09:00).", TOTAL),
    "a number with its thing": of_bill(f"6 crates: “{TOTAL}” [1].", TOTAL),
    "a person": of_bill(
        "Irma Valdes: “From: Irma Valdes” [1] (Mon 18 May 2026, 09:00).", "From: Irma Valdes"
    ),
    "a date in a line": of_bill(
        "29 May 2026: “Due on 29 May 2026 at 17:00.” [1].", "Due on 29 May 2026 at 17:00."
    ),
    "a clock time in a line": of_bill(
        "17:00: “Due on 29 May 2026 at 17:00.” [1].", "Due on 29 May 2026 at 17:00."
    ),
    "an identifier": of_bill(f"K7-bX4q: “{SHIPPED}” [1] (Mon 18 May 2026, 09:00).", SHIPPED),
    "a measure": of_bill(f"340 kg: “{SHIPPED}” [1].", SHIPPED),
    "two lines": of_bill(
        "“From: Irma Valdes … Total: EUR 412.80” [1].", "From: Irma Valdes … Total: EUR 412.80"
    ),
    "a line cut at words": of_bill(
        "“Order K7-bX4q was shipped … 340 kg” [1].", "Order K7-bX4q was shipped … 340 kg"
    ),
    "a whole negation": of_bill("“We will not refund opened glaze” [1].", "We will not refund opened glaze"),
    "a cell": Case("1,240 °C: “North … Peak … 1,240 °C” [1].", (("plan", "North … Peak … 1,240 °C"),)),
    "a cell of the other row": Case(
        "25 min: “South … Hold … 25 min” [1].", (("plan", "South … Hold … 25 min"),)
    ),
    "the end of a moment": of_bill(f"Mon 18 May 2026, 09:03: “{TOTAL}” [1].", TOTAL),
    "a day of seeing": of_bill(f"Mon 18 May 2026: “{TOTAL}” [1] (Mon 18 May 2026, 09:00).", TOTAL),
    "first seen in another moment": Case(
        "“From: Irma Valdes” [1] (Mon 18 May 2026, 09:00).", (("newbill", "From: Irma Valdes"),)
    ),
    "what holds now": Case(f"EUR 398.00: “{LESS}” [1].", (("newbill", LESS),), "What is the total now?"),
    "what holds now, beside what was": Case(
        f"EUR 398.00: “{LESS}” [1]. Earlier “{TOTAL}” [2] (Mon 18 May 2026, 09:00).",
        (("newbill", LESS), ("bill", TOTAL)),
        "What is the total now?",
    ),
    "what was": of_bill(f"EUR 412.80: “{TOTAL}” [1].", TOTAL, question="What was the total at first?"),
    "two citations": Case(
        f"EUR 412.80: “{TOTAL}” [1] (Mon 18 May 2026, 09:00). Also “{LESS}” [2].",
        (("bill", TOTAL), ("newbill", LESS)),
    ),
    "doing": of_jar(f"Tue 19 May 2026, 15:00: Firefox (browser), “{TALL}” [1].", "jar"),
    "doing, without a class": Case(
        "Mon 18 May 2026, 11:00: Signal (chat), “Ruben” [1].", (("chat", "Ruben"),)
    ),
    "which application": Case(
        "XTerm (terminal): “build: ~/site” [1] (Tue 19 May 2026, 09:00).", (("shell", "build: ~/site"),)
    ),
    "first and then": Case(
        f"First the bill. Mon 18 May 2026, 09:00: Firefox (browser), “{BILL}” [1]."
        f" Then Tue 19 May 2026, 15:00: Firefox (browser), “{JAR}” [2].",
        (("bill", BILL), ("jar", JAR)),
        "Which did I see first, the bill or the tall jar?",
    ),
    "last and before that": Case(
        f"Last the tall jar. Tue 19 May 2026, 15:00: Firefox (browser), “{JAR}” [1]."
        f" Before that Mon 18 May 2026, 09:00: Firefox (browser), “{BILL}” [2].",
        (("jar", JAR), ("bill", BILL)),
        "Which did I see last, the bill or the tall jar?",
    ),
    "before or after": Case(
        f"Before. Mon 18 May 2026, 09:00: Firefox (browser), “{BILL}” [1]."
        f" Tue 19 May 2026, 15:00: Firefox (browser), “{JAR}” [2].",
        (("bill", BILL), ("jar", JAR)),
    ),
    "what came next": Case(
        "After that, Mon 18 May 2026, 11:00: Signal (chat), “Ruben” [1]."
        " Mon 18 May 2026, 10:00: Firefox (browser), “Kiln plan - Kiln Supplies” [2].",
        (("chat", "Ruben"), ("plan", "Kiln plan - Kiln Supplies")),
    ),
    "a break": Case(
        f"About 57 min, from 09:03 to 10:00 (Mon 18 May 2026): Firefox (browser), “{BILL}” [1]."
        " Then: Firefox (browser), “Kiln plan - Kiln Supplies” [2].",
        (("bill", BILL), ("plan", "Kiln plan - Kiln Supplies")),
    ),
    "so long in one go": of_jar(
        f"About 4 min, from 15:00 to 15:04 (Tue 19 May 2026): Firefox (browser), “{TALL}” [1].", "jar"
    ),
    "so long in all": of_jar(
        f"About 20 min in 3 visits, from Tue 19 May 2026, 15:00: Firefox (browser), “{TALL}” [1]."
        f" Last Wed 20 May 2026, 16:00: Firefox (browser), “{TALL}” [2].",
        "jar",
        "jar3",
    ),
    "so often": of_jar(
        f"3 times. Tue 19 May 2026, 15:00: Firefox (browser), “{TALL}” [1]."
        " Wed 20 May 2026, 10:00 [2]. Wed 20 May 2026, 16:00 [3].",
        "jar",
        "jar2",
        "jar3",
    ),
    "on so many days": of_jar(
        f"2 days. Tue 19 May 2026, 15:00: Firefox (browser), “{TALL}” [1]. Wed 20 May 2026, 10:00 [2].",
        "jar",
        "jar2",
    ),
    "text without boxes": Case(
        "41: “Fired 41 bowls. … Two cracked.” [1].", (("note", "Fired 41 bowls. … Two cracked."),)
    ),
}

PLANTED = {
    "a wrong number": of_bill(f"7 crates: “{TOTAL}” [1].", TOTAL),
    "a digit swapped in value and quote": of_bill(
        f"EUR 421.80: “{TOTAL.replace('412', '421')}” [1].", TOTAL.replace("412", "421")
    ),
    "a digit swapped in the value alone": of_bill(f"EUR 412.08: “{TOTAL}” [1].", TOTAL),
    "a value cut off in front": of_bill(f"12.80: “{TOTAL}” [1].", TOTAL),
    "a value cut off behind": of_bill(f"EUR 412: “{TOTAL}” [1].", TOTAL),
    "a quote that cuts a number": of_bill("“Total: EUR 412” [1].", "Total: EUR 412"),
    "a quote that cuts a word": of_bill("“fund opened glaze” [1].", "fund opened glaze"),
    "a value of another row": Case("1,060 °C: “North … 1,060 °C” [1].", (("plan", "North … 1,060 °C"),)),
    "another row under the right head": Case(
        "25 min: “North … Hold … 25 min” [1].", (("plan", "North … Hold … 25 min"),)
    ),
    "a value that only another line has": of_bill(f"30 days: “{TOTAL}” [1].", TOTAL),
    "a value of another moment": of_bill(f"EUR 398.00: “{TOTAL}” [1].", TOTAL),
    "a value of the other citation": Case(
        f"EUR 398.00: “{TOTAL}” [1]. Also “{LESS}” [2].", (("bill", TOTAL), ("newbill", LESS))
    ),
    "a wrong person": of_bill("Ruben Oyelaran: “From: Irma Valdes” [1].", "From: Irma Valdes"),
    "a person of the question": of_bill(
        "Jonas Petrov: “From: Irma Valdes” [1].", "From: Irma Valdes", question="Is it from Jonas Petrov?"
    ),
    "a name put together": of_bill("Irma Oyelaran: “From: Irma Valdes” [1].", "From: Irma Valdes"),
    "a wrong date": of_bill(
        "28 May 2026: “Due on 29 May 2026 at 17:00.” [1].", "Due on 29 May 2026 at 17:00."
    ),
    "a wrong clock time": of_bill(
        "16:00: “Due on 29 May 2026 at 17:00.” [1].", "Due on 29 May 2026 at 17:00."
    ),
    "a wrong time of seeing": of_bill(f"“{TOTAL}” [1] (Mon 18 May 2026, 09:40).", TOTAL),
    "a wrong day of seeing": of_bill(f"“{TOTAL}” [1] (Tue 19 May 2026, 09:00).", TOTAL),
    "a wrong weekday": of_bill(f"“{TOTAL}” [1] (Tue 18 May 2026, 09:00).", TOTAL),
    "a day that there is not": of_bill(f"“{TOTAL}” [1] (Sun 31 Feb 2026, 09:00).", TOTAL),
    "the time of another screen": of_bill(f"“{TOTAL}” [1] (Mon 18 May 2026, 11:00).", TOTAL),
    "a quote joined over two moments": of_bill(
        "“From: Irma Valdes … Total: EUR 398.00” [1].", "From: Irma Valdes … Total: EUR 398.00"
    ),
    "a quote turned round": of_bill(
        "“Total: EUR 412.80 … From: Irma Valdes” [1].", "Total: EUR 412.80 … From: Irma Valdes"
    ),
    "a line turned round": of_bill("“340 kg … Order K7-bX4q” [1].", "340 kg … Order K7-bX4q"),
    "a quote without its not": of_bill(
        "“refund opened glaze after 30 days” [1].", "refund opened glaze after 30 days"
    ),
    "a not left out in the middle": of_bill(
        "“We will … refund opened glaze” [1].", "We will … refund opened glaze"
    ),
    "a not left out by the text alone": of_bill("“refund opened glaze” [1].", REFUND),
    "a citation that does not hold it": Case(f"“{TOTAL}” [1].", (("chat", TOTAL),)),
    "the right quote of the wrong citation": Case(
        f"“{TOTAL}” [2]. Also “Ruben” [1].", (("bill", TOTAL), ("chat", "Ruben"))
    ),
    "no mark": of_bill(f"EUR 412.80: “{TOTAL}”.", TOTAL),
    "a mark too many": of_bill(f"EUR 412.80: “{TOTAL}” [1] [2].", TOTAL),
    "a citation without a mark": of_bill(f"EUR 412.80: “{TOTAL}” [1].", TOTAL, SHIPPED),
    "four citations": of_bill(f"“{TOTAL}” [1] [2] [3] [4].", *(TOTAL,) * 4),
    "too long": of_bill(f"“{TOTAL}” [1]" + " again" * 50, TOTAL),
    "a moment that is forgotten": Case(
        "4417: “Pin of the gate: 4417” [1].", (("gone", "Pin of the gate: 4417"),)
    ),
    "text that has faded": Case(
        "3.5 percent: “Copper red: 3.5 percent tin” [1].", (("pale", "Copper red: 3.5 percent tin"),)
    ),
    "what no longer holds": of_bill(f"EUR 412.80: “{TOTAL}” [1].", TOTAL, question="What is the total now?"),
    "what no longer holds, as current": of_bill(f"Currently EUR 412.80: “{TOTAL}” [1].", TOTAL),
    "a wrong length": of_jar(f"About 25 min, from 15:00 to 15:04 (Tue 19 May 2026): “{TALL}” [1].", "jar"),
    "a wrong end": of_jar(f"About 44 min, from 15:00 to 15:44 (Tue 19 May 2026): “{TALL}” [1].", "jar"),
    "a wrong sum": of_jar(f"About 3 h in 3 visits, from Tue 19 May 2026, 15:00: “{TALL}” [1].", "jar"),
    "a wrong number of visits": of_jar(
        f"About 20 min in 7 visits, from Tue 19 May 2026, 15:00: “{TALL}” [1].", "jar"
    ),
    "a wrong count": of_jar(f"4 times. Tue 19 May 2026, 15:00: “{TALL}” [1].", "jar"),
    "a wrong count of days": of_jar(f"5 days. Tue 19 May 2026, 15:00: “{TALL}” [1].", "jar"),
    "a wrong order": Case(
        f"First the tall jar. Tue 19 May 2026, 15:00: “{JAR}” [1]."
        f" Then Mon 18 May 2026, 09:00: “{BILL}” [2].",
        (("jar", JAR), ("bill", BILL)),
        "Which did I see first, the bill or the tall jar?",
    ),
    "the first by the name of the other": Case(
        f"First the tall jar. Mon 18 May 2026, 09:00: “{BILL}” [1]."
        f" Then Tue 19 May 2026, 15:00: “{JAR}” [2].",
        (("bill", BILL), ("jar", JAR)),
        "Which did I see first, the bill or the tall jar?",
    ),
    "after for before": Case(
        f"After. Mon 18 May 2026, 09:00: “{BILL}” [1]. Tue 19 May 2026, 15:00: “{JAR}” [2].",
        (("bill", BILL), ("jar", JAR)),
    ),
    "a wrong application": Case("Signal (chat): “build: ~/site” [1].", (("shell", "build: ~/site"),)),
    "a wrong kind of application": Case(
        "XTerm (browser): “build: ~/site” [1].", (("shell", "build: ~/site"),)
    ),
    "an invented word": of_bill(f"A discounted price: “{TOTAL}” [1].", TOTAL),
    "an invented no": of_bill(f"Not “{TOTAL}” [1].", TOTAL),
    "an invented yes": of_bill(f"Yes: “{TOTAL}” [1].", TOTAL),
    "a last that nothing is before": of_bill(f"Last Mon 18 May 2026, 09:00: “{TOTAL}” [1].", TOTAL),
    "an every": of_bill(f"Every day “{TOTAL}” [1].", TOTAL),
    "a translation": of_bill(
        "“Gesamt: EUR 412.80 für 6 Kisten Ton” [1].", "Gesamt: EUR 412.80 für 6 Kisten Ton"
    ),
    "an identifier in another case": of_bill(f"K7-BX4Q: “{SHIPPED}” [1].", SHIPPED),
    "a unit changed": of_bill(f"340 g: “{SHIPPED}” [1].", SHIPPED),
    "a currency changed": of_bill(f"USD 412.80: “{TOTAL}” [1].", TOTAL),
    "a box outside its picture": Case(
        "80 kg: “Shelf 12 holds 80 kg.” [1].", (("wide", "Shelf 12 holds 80 kg."),)
    ),
    "a box where the line is not": Case(f"“{TOTAL}” [1].", (("bill", TOTAL),), box=(300, 300, 50, 14)),
}
