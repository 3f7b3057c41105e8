"""Names say what is there: no attics, no strangers under our rooms' names, one sentence a module."""

from __future__ import annotations

import ast
import re
from importlib.metadata import packages_distributions

from tests.house.tree import ROOMS, ROOT, modules, sources

ATTIC = re.compile(r"(^|_)(utils?|helpers?|common|misc|stuff|tools|shared|base|manager)(_|$)", re.IGNORECASE)


def test_no_attics() -> None:
    named = {part for module in sources(*ROOMS, "tests", "assets") for part in module.name.split(".")}
    assert sorted(name for name in named if ATTIC.search(name)) == []


def test_rooms_belong_to_us_alone() -> None:
    owners = packages_distributions()
    assert {room: set(owners.get(room, ["onceseen"])) for room in ROOMS} == {
        room: {"onceseen"} for room in ROOMS
    }


def test_no_doors_below_tests() -> None:
    """`tests/memory/__init__.py` would take the place of `memory` inside every test."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_module_says_what_it_is_in_one_sentence() -> None:
    silent = []
    for module in sources(*ROOMS, "tests", "assets"):
        first = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
        if not first.rstrip().endswith((".", "?", ":")):
            silent.append(module.place)
    assert silent == []


def test_nothing_is_left_over() -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|<{7} |>{7} ")
    rule_itself = "tests/house/test_names.py"
    found = [
        f"{module.place}:{n}"
        for module in sources(*ROOMS, "tests", "assets")
        if module.place != rule_itself
        for n, line in enumerate(module.text.splitlines(), 1)
        if left.search(line)
    ]
    assert found == []


def test_only_our_rooms_are_packaged() -> None:
    folders = {module.path.parent.relative_to(ROOT).as_posix().replace("/", ".") for module in modules()}
    listed = set(
        re.findall(
            r'"([a-z.]+)"', (ROOT / "pyproject.toml").read_text().split("packages = [")[1].split("]")[0]
        )
    )
    assert listed == folders
