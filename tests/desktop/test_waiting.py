"""Waiting ends when all is read and seen, and when nothing will be; with real readers in tests/ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop import waiting
from memory.errors import Waiting
from memory.records import Status
from tests.support.fakes import FakeMemory


class Reading(FakeMemory):
    """A memory with so many frames left at each time it is asked."""

    def __init__(self, *left: int, trouble: str = "") -> None:
        super().__init__(days=1)
        self._left, self._why = list(left), trouble

    def wait_searchable(self, seconds: float) -> int:
        return self._left.pop(0) if len(self._left) > 1 else self._left[0]

    def wait_seen(self, seconds: float) -> int:
        return self.wait_searchable(seconds)

    def status(self) -> Status:
        return replace(super().status(), trouble=self._why)


def test_it_is_told_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    waiting.searchable(Reading(3, 1, 0), lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (2, 3)]


def test_where_nothing_is_read_it_gives_up_with_the_reason() -> None:
    door = Reading(2, trouble="tesseract is not there")
    with pytest.raises(Waiting, match=r"2 frames .* tesseract is not there"):
        waiting.searchable(door, lambda _done, _total: None, patience_s=0.0)


def test_slow_reading_without_trouble_is_waited_for() -> None:
    waiting.searchable(Reading(2, 2, 2, 0), lambda _done, _total: None, patience_s=0.0)


def test_looking_at_pictures_is_waited_for_and_told() -> None:
    told: list[tuple[int, int]] = []
    assert waiting.seen(Reading(3, 1, 0), lambda done, total: told.append((done, total))) == 0
    assert told == [(0, 3), (2, 3)]


def test_where_nothing_is_looked_at_it_is_left_without_an_error() -> None:
    assert waiting.seen(Reading(2), lambda _done, _total: None, patience_s=0.0) == 2
