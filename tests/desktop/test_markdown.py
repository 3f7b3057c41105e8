"""The journal's page: time that adds up, entries, and nothing seen that becomes markup."""

from __future__ import annotations

from datetime import timedelta

from desktop import markdown
from memory.records import Accounted, Journal, JournalEntry, LeftAt, Noted, Used
from tests.support.moments import at

MIDNIGHT = at(-540)
SPENT = {"recorded": 3661, "paused": 0, "excluded": 60, "locked": 0, "idle": 0, "not running": 82679}


def a_day(n: int = 0) -> Accounted:
    start = MIDNIGHT + timedelta(days=n)
    return Accounted(start, start + timedelta(days=1), SPENT)


def entry(title: str = "The bridge", line: str = "eight bolts are missing") -> JournalEntry:
    return JournalEntry(
        episode=4,
        title=title,
        gist="",
        seconds=3600,
        spans=((at(0), at(30)), (at(60), at(90))),
        apps=("Reader",),
        windows=(Used("Reader", "bridge_plan.pdf", 3000), Used("Editor", "", 600)),
        people=("Ada Roth",),
        sites=(),
        files=("bridge_plan.pdf",),
        left=LeftAt(17, at(90), "Reader", "bridge_plan.pdf", line),
        before="2026-02-27",
        after=None,
    )


def page(*entries: JournalEntry, days: int = 1, **more: object) -> list[str]:
    given = {"apart": 0, "facts": ()} | more
    text = markdown.page(Journal(tuple(map(a_day, range(days))), entries, **given))  # type: ignore[arg-type]
    return text.splitlines()


def test_a_day() -> None:
    assert page(entry(), apart=61, facts=(Noted(3, "Rent is 185.", "185", "170"),)) == [
        "# Monday 2 March 2026",
        "",
        "| | time |",
        "| --- | ---: |",
        "| recorded | 1:01:01 |",
        "| excluded | 0:01:00 |",
        "| not running | 22:57:59 |",
        "| wall clock | 24:00:00 |",
        "",
        "## What was done",
        "",
        "### The bridge (1:00:00)",
        "",
        "- When: 09:00–09:30, 10:00–10:30",
        "- With: Reader, bridge_plan.pdf 0:50:00; Editor 0:10:00",
        "- Documents: bridge_plan.pdf",
        "- People: Ada Roth",
        "- Left at 10:30: Reader, bridge_plan.pdf: “eight bolts are missing” (moment 17)",
        "- Resumed from 2026-02-27",
        "",
        "0:01:01 of what was recorded is not settled yet.",
        "",
        "## Became known",
        "",
        "- Rent is 185. (before: 170)",
        "",
    ]


def test_a_week_has_a_column_for_each_day_and_one_for_all() -> None:
    said = page(days=7)
    assert said[0] == "# Monday 2 March 2026 to Sunday 8 March 2026"
    assert said[2] == "| | Mon 02 | Tue 03 | Wed 04 | Thu 05 | Fri 06 | Sat 07 | Sun 08 | all |"
    assert said[4] == "| recorded |" + " 1:01:01 |" * 7 + " 7:07:07 |"
    assert "Nothing that is settled." in said


def test_what_was_seen_is_text_and_no_markup() -> None:
    seen = "# [here](http://evil.example) <img src=x> *now* | `rm` _it_\nnext"
    said = page(entry(seen, seen))
    marked = "\\# \\[here\\](http://evil.example) \\<img src=x\\> \\*now\\* \\| \\`rm\\` \\_it\\_ next"
    assert f"### {marked} (1:00:00)" in said
    assert any(line.endswith(f"“{marked}” (moment 17)") for line in said)


def test_long_pages_say_what_they_leave_out() -> None:
    said = page(*[entry()] * 43, facts=(Noted(1, "It is.", "it", None),) * 31)
    assert said.count("### The bridge (1:00:00)") == 40
    assert "- and 3 more" in said
    assert "- and 1 more" in said
