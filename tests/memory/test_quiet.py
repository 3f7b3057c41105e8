"""Quiet is what the recorder told of keyboard and mouse, and without it, how long nothing new came."""

from __future__ import annotations

from memory.quiet import TOLD_FOR_S, Quiet


class Clock:
    """Seconds as a test sets them."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_without_anybody_who_tells_what_is_new_counts() -> None:
    clock = Clock()
    quiet = Quiet(clock)
    clock.now += 50
    assert quiet.seconds() == 50
    quiet.news()
    assert quiet.seconds() == 0


def test_what_was_told_counts_and_not_what_moves_on_the_screen_by_itself() -> None:
    clock = Clock()
    quiet = Quiet(clock)
    quiet.told(300)
    quiet.news()
    assert quiet.seconds() == 300
    clock.now += 20
    assert quiet.seconds() == 300
    quiet.told(2)
    assert quiet.seconds() == 2


def test_what_was_told_long_ago_counts_no_more() -> None:
    clock = Clock()
    quiet = Quiet(clock)
    quiet.told(300)
    clock.now += TOLD_FOR_S + 1
    assert quiet.seconds() == TOLD_FOR_S + 1
