"""What fading did, for people and for programs."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop import keeping
from memory.records import Faded, FadedForm

AT = datetime(2026, 3, 2, tzinfo=UTC)
DONE = Faded(
    (FadedForm("thumbnail", 3, 2_500_000, AT), FadedForm("gist", 1, 20_000, AT)),
    {"pinned": 2},
    9_000_000,
    8_000_000,
    dry_run=False,
    finished=False,
    over=1_000_000,
)


def test_it_is_told_what_faded_what_stays_and_what_is_too_much() -> None:
    assert keeping.text(DONE).splitlines() == [
        "3 moments faded to thumbnails: about 2.5 MB, the oldest of 2026-03-02.",
        "1 moments faded to the gist of their episode: about 0.0 MB, the oldest of 2026-03-02.",
        "2 moments stay: pinned.",
        "The memory takes 9.0 MB of at most 8.0 MB.",
        "That is 1.0 MB too much, and all that may fade has faded.",
        "It was interrupted; the next time goes on from there.",
    ]
    nothing = Faded((), {}, 5_000_000, 0, dry_run=True)
    assert keeping.text(nothing) == "Nothing is to fade.\nThe memory takes 5.0 MB, without a limit."


def test_the_same_as_json() -> None:
    document = keeping.document(DONE)
    assert document["faded"][0] == {
        "form": "thumbnail",
        "moments": 3,
        "bytes": 2_500_000,
        "oldest": "2026-03-02T00:00:00+00:00",
    }
    assert (document["spared"], document["over"], document["finished"]) == ({"pinned": 2}, 1_000_000, False)
