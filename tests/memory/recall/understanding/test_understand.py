"""What queries mean: every field of it, for one thing and for all at once; and that nothing breaks it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from memory.recall.understanding.anchors import Anchor
from memory.recall.understanding.kinds import kind_of
from memory.recall.understanding.spans import Span
from memory.recall.understanding.understand import LONGEST, Names, understand
from memory.records import Understood

NOW = datetime.fromisoformat("2026-05-21T16:40:00+02:00")
HOUR = timedelta(hours=1)
KNOWN = Names(("Firefox", "XTerm", "mousepad", "Thunderbird"))


@pytest.mark.parametrize(
    ("text", "apps", "rest"),
    [
        ("the error in the terminal", ("XTerm",), "the error"),
        ("the page in Firefox about ferries", ("Firefox",), "the page about ferries"),
        ("Rechnung im Browser", ("Firefox",), "Rechnung"),
        ("the mail with a tariff in the mail client", ("Thunderbird",), "the mail with a tariff"),
        ("what I wrote with mousepad", ("mousepad",), "what I wrote"),
        ("opened Firefox for the tickets", ("Firefox",), "opened Firefox for the tickets"),
        ("a terminal illness", (), "a terminal illness"),
        ("in the spreadsheet", (), "in the spreadsheet"),
    ],
)
def test_applications_are_named_by_name_or_class(text: str, apps: tuple[str, ...], rest: str) -> None:
    understood = understand(text, NOW, KNOWN)
    assert understood.apps == apps
    assert understood.text == rest


def test_quoted_phrases_stay_whole_even_where_they_hold_words_for_time() -> None:
    understood = understand('mail yesterday that said "see you on Monday"', NOW, KNOWN)
    assert understood.phrases == ("see you on Monday",)
    assert "see you on Monday" in understood.text
    assert understood.since is not None
    assert understood.since.isoformat() == "2026-05-20T00:00:00+02:00"


def test_a_query_of_nothing_but_time_keeps_its_words() -> None:
    assert understand("yesterday", NOW, KNOWN).text == "yesterday"


@pytest.mark.parametrize(
    ("text", "order", "rest"),
    [
        ("when did I last see the tide table", "last", "when did I last see the tide table"),
        ("the first time I read about teak", "first", "I read about teak"),
        ("for the last time in the terminal", "last", "in the terminal"),
        ("wann habe ich zum ersten Mal Teak bestellt", "first", "wann habe ich Teak bestellt"),
        ("was habe ich zuletzt gelesen", "last", "was habe ich gelesen"),
        ("the latest offer", "last", "the latest offer"),
        ("will it sail for the first time?", "first", "will it sail?"),
        ("their first offer", "first", "their first offer"),
        ("die letzte Rechnung", "last", "die letzte Rechnung"),
        ("das neueste Angebot", "last", "das neueste Angebot"),
        ("what is her last name", "", "what is her last name"),
        ("on the first floor", "", "on the first floor"),
        ("the invoice of last week", "", "the invoice"),
        ("which came first, the mast or the keel", "", "which came first, the mast or the keel"),
    ],
)
def test_which_of_several(text: str, order: str, rest: str) -> None:
    understood = understand(text, NOW, Names())
    assert (understood.order, understood.text) == (order, rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I think it was Ole who offered teak", "Ole who offered teak"),
        ("some kind of a chart of tides", "a chart of tides"),
        ("vielleicht das Angebot von Ole", "das Angebot von Ole"),
        ("das Angebot, glaube ich, von Ole", "das Angebot, von Ole"),
        ("what did I think of the offer", "what did I think of the offer"),
        ("what kind of a boat was it", "what kind of a boat was it"),
        ("maybe", "maybe"),
    ],
)
def test_doubts_are_not_looked_for(text: str, rest: str) -> None:
    assert understand(text, NOW, Names()).text == rest


def test_all_at_once() -> None:
    names = Names(("Firefox", "XTerm"), lambda: ("yard.example",), lambda: ("Ole Brandt",))
    understood = understand(
        'the first chart "high water" from Ole in the pdf on yard.example last week, not in the terminal',
        NOW,
        names,
    )
    assert understood == Understood(
        text="the first chart from Ole in the pdf on yard.example high water",
        since=datetime.fromisoformat("2026-05-11T00:00:00+02:00"),
        until=datetime.fromisoformat("2026-05-18T00:00:00+02:00"),
        phrases=("high water",),
        sites=("yard.example",),
        people=("Ole Brandt",),
        files=("pdf",),
        shown=("chart",),
        without=("XTerm",),
        order="first",
    )


def test_what_is_left_out_is_an_application_a_site_or_words() -> None:
    names = Names(("Firefox",), lambda: ("yard.example",))
    text = "teak without varnish, but not in the browser and not on yard"
    assert understand(text, NOW, names).without == ("varnish", "Firefox", "yard.example")


@pytest.mark.parametrize("kind", ["next", "which first"])
def test_the_time_of_an_anchor_is_not_that_of_what_lies_beside_it(kind: str) -> None:
    text = {
        "next": "what did I do right after the standup on Monday",
        "which first": "did I read the offer before or after the standup on Monday",
    }[kind]
    understood = understand(text, NOW, Names(), lambda anchor, span: pytest.fail("it was looked up"))
    assert (understood.kind, understood.anchor) == (kind, "standup")
    assert understood.since is not None
    assert understood.since.isoformat() == "2026-05-18T00:00:00+02:00"


def test_an_anchor_is_looked_up_within_the_time_beside_it_and_its_words_go_where_it_was_found() -> None:
    asked: list[tuple[Anchor, Span | None]] = []
    there: list[Span | None] = [None, Span(NOW - 2 * HOUR, NOW - HOUR)]

    def when(anchor: Anchor, span: Span | None) -> Span | None:
        asked.append((anchor, span))
        return there[len(asked) - 1]

    text = "which mail did I get on Tuesday while I was reading the offer"
    lost, found = (understand(text, NOW, Names(), when) for _ in there)
    assert lost.text == "which mail did I get while I was reading the offer"
    assert (found.text, found.since, found.until) == ("which mail did I get", NOW - 2 * HOUR, NOW - HOUR)
    assert lost.anchor == found.anchor == "offer"
    assert asked[0] == asked[1]
    assert asked[0][1] is not None
    assert asked[0][1].since == lost.since


ALPHABETS = (
    "abc d e\u0301 \u00e4\u00df\u0130\u1e9e",
    "0123456789 .:-/,'\"",
    "\u4f60\u597d\u3000\u0627\u0644 \u202e\u200d",
    "\U0001f600 \x00\ud7ff\n\t\r",
    "()[]{}*+?\\|^$<>",
)
WORDS = """
    on at the last first two 3 half past monday may easter before after until from to between ago week of not
    without in im am vor nach bis und letzten montag ostern als ich war while i was reading during meeting
    " “ ”
"""


@pytest.mark.parametrize(
    "now", [NOW, NOW.replace(year=1, month=1, day=1), NOW.replace(year=9999, month=12, day=31)]
)
def test_nothing_breaks_it(now: datetime) -> None:
    chance = random.Random(14)
    names = Names(("Firefox", "(", "a"), lambda: ("a.example",), lambda: ("Ole", "(x"))
    for n in range(400):
        if n % 2:
            text = "".join(chance.choices(chance.choice(ALPHABETS), k=chance.randrange(80)))
        else:
            text = " ".join(chance.choices(WORDS.split(), k=chance.randrange(1, 14)))
        understood = understand(text, now, names, lambda anchor, span: span)
        since, until = understood.since, understood.until
        assert since is None or until is None or since <= until
        assert understood.text or not text.strip()


@pytest.mark.parametrize(
    "piece",
    [" ", "a", "on monday ", "between 9 ", '"', "not in ", "the first ", "1", "before the ", "Ä ß ", "x."],
)
def test_what_is_pasted_is_taken_apart_at_its_beginning_alone(piece: str) -> None:
    names = Names(("Firefox",), lambda: ("a.example",), lambda: ("Ole",))
    pasted = (piece * LONGEST)[:LONGEST] + ' on Wednesday, not in Firefox: the pdf "from Ole"'
    understood = understand(pasted * 40, NOW, names)
    assert understood.text.endswith('the pdf "from Ole"')
    assert (understood.apps, understood.people, understood.files, understood.without) == ((), (), (), ())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When does the lease end?", "when"),
        ("What day is the audit?", "when"),
        ("Wann war die Prüfung?", "when"),
        ("Who wrote the letter when the pump failed?", "who"),
        ("Wer hat das gesagt?", "who"),
        ("Where is the key kept?", "where"),
        ("Why did the pump stop?", "why"),
        ("Warum steht die Pumpe?", "why"),
        ("How long did the backup take?", "how long"),
        ("Wie lange dauerte das?", "how long"),
        ("How many chairs are there?", "how many"),
        ("Wie oft war ich dort?", "how many"),
        ("How much is the deposit?", "how much"),
        ("What does the pump cost?", "how much"),
        ("Was kostet die Pumpe?", "how much"),
        ("Which came first, the audit or the fire drill?", "which first"),
        ("Did I call the bank before or after the audit?", "which first"),
        ("What was I doing on Monday?", "doing"),
        ("What did I do right after the call?", "next"),
        ("Which program did I use for the plan?", "application"),
        ("On which website was the recipe?", "application"),
        ("Has the lease been signed?", "whether"),
        ("Ist die Miete bezahlt?", "whether"),
        ("Was sagte Anna?", "what"),
        ("was stand in der letzten Mail?", "what"),
        ("Was kostet das Boot?", "how much"),
        ("Was the price changed?", "whether"),
        ("Was Anna there?", "whether"),
        ("Was there any mail?", "whether"),
        ("Which pump is broken?", "which"),
        ("pump manual", "what"),
    ],
)
def test_kinds_of_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did I do yesterday?", "doing"),
        ("what have we done on Monday", "doing"),
        ("What did I work on this week?", "doing"),
        ("Womit war ich am Dienstag beschäftigt?", "doing"),
        ("What did I do with the keel yesterday?", "what"),
        ("What did I do in the terminal yesterday?", "what"),
        ("What did I do right after the audit?", "next"),
    ],
)
def test_what_was_done_at_a_time_asks_for_nothing_but_the_time(question: str, kind: str) -> None:
    assert understand(question, NOW, KNOWN).kind == kind
