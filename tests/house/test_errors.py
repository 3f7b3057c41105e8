"""Every error is one sentence with a code and an exit status, drawn in the tree of memory/errors.py."""

from __future__ import annotations

import pickle
import re
import string
from collections.abc import Iterator

import pytest

from memory import errors
from memory.errors import Bug, Known, OnceseenError


def kinds(root: type[OnceseenError] = OnceseenError) -> Iterator[type[OnceseenError]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


OURS = sorted((kind for kind in kinds() if kind.__module__ == errors.__name__), key=lambda kind: kind.code)
each = pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.code)


def details(kind: type[OnceseenError]) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(kind.__doc__ or "") if name]


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in OURS]
    assert len(set(codes)) == len(codes)


def test_all_stand_in_one_file() -> None:
    assert [kind for kind in kinds() if kind.__module__ != errors.__name__] == []


@each
def test_is_a_sentence(kind: type[OnceseenError]) -> None:
    sentence = re.sub(r"\{\w+\}", "", kind.__doc__ or "").strip()
    assert "\n" not in sentence
    assert (kind.__doc__ or "").strip().endswith((".", "}"))  # or with a detail that is a sentence itself
    assert len(sentence) <= 120


@each
def test_is_drawn_in_the_tree(kind: type[OnceseenError]) -> None:
    assert re.search(rf"\b{kind.__name__}\b", errors.__doc__ or "")


@each
def test_code_is_its_name(kind: type[OnceseenError]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
    assert kind is OnceseenError or kind.code.replace("-", "") == kind.__name__.lower()


@each
def test_is_the_worlds_fault_or_ours(kind: type[OnceseenError]) -> None:
    assert kind is OnceseenError or issubclass(kind, Known) != issubclass(kind, Bug)
    assert kind.exit_status in (1, 2, 3)


@each
def test_speaks_with_its_details(kind: type[OnceseenError]) -> None:
    spoken = str(kind(**{name: f"<{name}>" for name in details(kind)}))
    assert all(f"<{name}>" in spoken for name in details(kind))
    assert "{" not in spoken


@each
def test_travels(kind: type[OnceseenError]) -> None:
    """An error keeps its kind, details and words when it is copied (as `concurrent.futures` and copy do)."""
    error = kind(**{name: f"<{name}>" for name in details(kind)})
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), copied.details, str(copied)) == (kind, error.details, str(error))


def test_the_tree_names_no_strangers() -> None:
    drawn = set(re.findall(r"\b[A-Z][A-Za-z]+\b", (errors.__doc__ or "").split("\n", 2)[2]))
    assert drawn == {kind.__name__ for kind in OURS}
