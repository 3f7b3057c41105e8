"""What queries mean: applications, quoted phrases, the kind of question."""

from __future__ import annotations

from datetime import datetime

import pytest

from memory.recall.kinds import kind_of
from memory.recall.understand import Names, understand

NOW = datetime.fromisoformat("2026-05-21T16:40:00+02:00")
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
        ("Which pump is broken?", "which"),
        ("pump manual", "what"),
    ],
)
def test_kinds_of_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind
