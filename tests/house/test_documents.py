"""The documents say what is: what they tell of settings, commands, errors, modules and libraries."""

from __future__ import annotations

import re
import tomllib

import pytest

from desktop.settings import declared
from tests.house.documents import PARTS, filled
from tests.house.tree import ROOT, modules

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_its_place(part: str) -> None:
    text = ARCHITECTURE if part == "tree" else README
    assert len(re.findall(rf"<!-- {part}: .*?-->\n.*?<!-- end of {part} -->", text, re.DOTALL)) == 1


def test_the_documents_are_as_the_code_is() -> None:
    """`make documents` mends it."""
    assert filled(README) == README
    assert filled(ARCHITECTURE) == ARCHITECTURE


def test_the_parts_are_whole() -> None:
    settings, commands, codes, tree = ("\n".join(make()) for make in PARTS.values())
    assert all(f"`{name}`" in settings for name in declared())
    assert all(
        f"`onceseen {name}" in commands for name in ("init", "import", "search", "ask", "forget", "keys add")
    )
    assert all(f"| `{code}` |" in codes for code in ("locked", "wrong-key", "bug"))
    assert all(module.path.name in tree for module in modules() if not module.is_door)


def test_a_changed_part_is_seen() -> None:
    text = "a\n<!-- errors: made -->\n| old |\n<!-- end of errors -->\nb\n"
    assert "| old |" not in filled(text)
    assert filled(text).startswith("a\n<!-- errors: made -->\n| code | exit |")
    assert filled(filled(text)) == filled(text)
    assert filled("nothing here\n") == "nothing here\n"


def test_every_library_is_told_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    told = set(re.findall(r"^\| ([A-Za-z0-9_-]+)(?: \([^|]*\))? \| [^|]+ \|$", ARCHITECTURE, re.MULTILINE))
    assert names <= told


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README + ARCHITECTURE)) <= targets


def test_links_lead_somewhere() -> None:
    links = [link for text in (README, ARCHITECTURE) for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_no_place_of_any_one_machine_is_named() -> None:
    written = [path.read_text() for path in ROOT.glob("*.md")]
    assert not any(re.search(r"/work/|/root/|/home/\w", text) for text in written)
