"""The JSON documents of the command line: the contract's keys, always all of them, times with offset."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from desktop import render
from memory.records import (
    Answer,
    Citation,
    Episode,
    Evidence,
    Fact,
    Found,
    Gap,
    Grade,
    LastSettling,
    Line,
    Moment,
    MomentWhole,
    Query,
    Question,
    Result,
    Settling,
    Status,
    Timeline,
    Understood,
)

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
MOMENT = Moment(17, NINE, NINE + timedelta(seconds=4), 0, "xterm", "größe", None, 2, True, ("a.png", "b.png"))
RESULT = Result(MOMENT, "words", (18,), 0.83456, {"words": 0.123456})
MEANT = Understood("words")
FIELDS = {"moment", "start", "end", "app", "title", "origins"}


def test_a_search() -> None:
    told = render.found(Found(Query("words", NINE), MEANT, (RESULT,)))
    assert set(told) == {"query", "understood", "results", "deep"}
    assert set(told["understood"]) >= {"text", "from", "to", "apps"}
    [result] = told["results"]
    assert set(result) == FIELDS | {"origin", "snippet", "also", "score", "why"}
    assert result["start"] == "2026-03-02T09:00:00+01:00"
    assert (result["origin"], result["origins"], result["also"]) == ("a.png", ["a.png", "b.png"], [18])


def test_an_answer_and_none() -> None:
    asked = Question("what?", NINE)
    told = render.answer(Answer(asked, MEANT, True, "That.", 0.9, (Citation(1, MOMENT, "that"),), ()))
    fields = {"question", "understood", "found", "answer", "confidence", "citations", "nearest"}
    assert set(told) == fields | {"grade", "missing", "thread", "deep"}
    assert set(told["citations"][0]) == {"n", "moment", "start", "origin", "origins", "quote"}
    none = render.answer(Answer(asked, MEANT, False, "Not found.", 0.0, (), (RESULT,)))
    assert set(none) == set(told)
    assert (none["found"], none["citations"]) == (False, [])
    assert none["nearest"] == [render.result(RESULT)]


def test_a_timeline_and_a_moment() -> None:
    told = render.timeline(Timeline((MOMENT,), (Gap(NINE, NINE, "paused"),)))
    assert set(told) == {"moments", "gaps"}
    assert set(told["moments"][0]) == FIELDS
    assert set(told["gaps"][0]) == {"start", "end", "reason"}
    whole = render.moment_whole(MomentWhole(MOMENT, (Line("text", (1, 2, 3, 4), 0.91234, 0),), (), 1280, 800))
    assert set(whole) >= FIELDS | {"lines"}
    assert whole["lines"] == [{"text": "text", "box": [1, 2, 3, 4], "confidence": 0.912, "window": 0}]


def test_what_consolidation_made() -> None:
    made = Episode(3, "t", "g", ((NINE, NINE),), "episode", ("xterm",), (17,), (17,))
    episode = render.episode(made)
    parts = {"apps", "people", "sites", "files", "interruptions", "moments", "key_moments"}
    assert (
        set(episode) == {"id", "title", "gist", "spans", "level", "title_polished", "gist_polished"} | parts
    )
    assert (episode["title_polished"], "(model)" in render.episode_line(made)) == ("", False)
    better = replace(made, title_polished="T", gist_polished="G")
    assert render.episode(better)["title"] == "t"
    assert render.episode_line(better).splitlines()[0].endswith("  t")
    assert render.episode_line(better).splitlines()[-2:] == ["        (model) T", "        (model) G"]
    assert episode["spans"] == [["2026-03-02T09:00:00+01:00"] * 2]
    evidence = (Evidence(17, "quote", "a.png"),)
    fact = render.fact(Fact(1, "value", "s", "subject", "r", "v", 0.9, NINE, NINE, None, evidence))
    wanted = {
        "id",
        "kind",
        "statement",
        "value",
        "confidence",
        "first_seen",
        "last_seen",
        "superseded_by",
        "evidence",
    }
    assert set(fact) >= wanted
    assert fact["evidence"] == [{"moment": 17, "quote": "quote", "origin": "a.png"}]


def test_status() -> None:
    told = render.status(Status(1, 1, 0, 0, 2, 1, 0, {}, {}, "on", None, "exact", {}, NINE))
    wanted = {"frames", "moments", "episodes", "facts", "pending", "unsettled", "bytes", "processes"}
    assert set(told) >= wanted


def test_a_document_is_one_line_of_readable_json() -> None:
    told = render.document(render.moment(MOMENT))
    assert "\n" not in told
    assert "größe" in told
    assert json.loads(told)["moment"] == 17


def test_people_get_lines_and_a_sentence_for_nothing() -> None:
    assert "größe" in render.moment_line(MOMENT)
    assert render.lines((), render.moment_line, "Nothing.") == "Nothing."
    assert "[1]" in render.answer_text(
        Answer(Question("?", NINE), MEANT, True, "That [1].", 0.9, (Citation(1, MOMENT, "that"),), ())
    )


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("seen", "  (seen word for word)"),
        ("doubtful", "  (read doubtfully)"),
        ("inferred", "  (worked out from what was seen)"),
    ],
)
def test_an_answer_says_how_it_is_known(grade: Grade, words: str) -> None:
    known = Answer(Question("?", NINE), MEANT, True, "That [1].", 0.9, (Citation(1, MOMENT, "that"),), ())
    assert render.answer_text(replace(known, grade=grade)).splitlines()[1] == words
    assert render.answer(replace(known, grade=grade))["grade"] == grade
    assert render.answer(known)["grade"] is None
    assert "(" not in render.answer_text(replace(known, citations=()))


def test_settling_is_a_part_of_the_status() -> None:
    last = LastSettling(NINE, 12.345, "stopped", 40, 31, 5, 7, refused=1, days=3, of=8)
    lines = render.settling_lines(Settling("stopped", why="The computer runs on battery.", last=last))
    assert lines == [
        "Settling: stopped. The computer runs on battery.",
        "Last settled: 2026-03-02 09:00, 3 of 8 days in 12.3 s; 40 moments became 31; 5 episodes, 7 facts;"
        " 1 merges refused; ended before the rest",
    ]
    assert render.settling_lines(Settling("running", 3, 8)) == ["Settling: running: 3 of 8 days"]
    assert render.settling_lines(Settling()) == []


def test_a_fact_in_doubt_says_whose_word_it_is() -> None:
    known = Fact(1, "value", "s", "subject", "r", "v", 0.9, NINE, NINE, None, ())
    doubted = replace(known, places=("a.example", "a.example"), doubt="a.example")
    assert render.fact(known)["doubt"] is None
    assert (render.fact(doubted)["doubt"], render.fact(doubted)["places"]) == ("a.example", ["a.example"])
    assert "doubt" not in render.fact_line(known)
    assert render.fact_line(doubted).endswith("(in doubt: only a.example says so)")
