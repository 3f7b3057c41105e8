"""Sites and people that a text names, out of those that the memory knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.recall.language.words import fold, is_stop, stem

SHORTEST = 3
"""Letters of a part of a host by which it can be named."""

_GENERAL = {"www", "web", "app", "com", "org", "net", "edu", "gov", "html", "index"}
_LED = re.compile(
    r"\b(?:in|on|at|from|via|does|did|according\s+to|auf|bei|im|von|vom|aus|am|laut|sagt)\s+(?:(?:the|my|our|der|dem|den|meinem|unserem)\s+)?"
    r"(?P<name>[\w.-]+(?:\s+[\w-]+){0,2})",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?![\w@])", re.IGNORECASE)
_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*")


def find_sites(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Hosts that are meant: by address ("github.com"), or by a part of it ("on Wikipedia")."""
    addresses = {match["host"].casefold().removeprefix("www.") for match in _HOST.finditer(text)}
    called = {_joined(words) for match in _LED.finditer(text) for words in _beginnings(match["name"])}
    # A stem begins as its word does: few hosts of many need a closer look.
    begun = {word[:SHORTEST] for word in called if len(word) >= SHORTEST}
    return tuple(
        host
        for host in known
        if any(host == address or host.endswith(f".{address}") for address in addresses)
        or (any(start in host for start in begun) and not called.isdisjoint(_parts(host)))
    )


def could_name_a_site(text: str) -> bool:
    """Whether the text has a place in which a site could be named: only then it is worth to list them."""
    return _HOST.search(text) is not None or _LED.search(text) is not None


def _beginnings(name: str) -> list[list[str]]:
    words = name.split()
    return [words[:n] for n in range(1, len(words) + 1)]


def _joined(words: Sequence[str]) -> str:
    return stem(fold(re.sub(r"[\W_]", "", "".join(words))))


def _parts(host: str) -> set[str]:
    parts = {part for part in host.casefold().split(".")[:-1] if part not in _GENERAL}
    return {_joined([part]) for part in parts if len(part) >= SHORTEST}


def find_people(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """People of whom a name stands in the text with a capital, or in any case where nothing in it has one.

    Somebody is named by any word of the name, in small letters by the first one; all are given whom that may
    mean, but those whose whole name stands there come first and share it with nobody.
    """
    words = _CAPITAL.findall(text)
    small = not any(word[0].isupper() for word in words)
    said = [fold(word.removesuffix("'s").removesuffix("’s")) for word in words if small or word[0].isupper()]
    said = [word for word in said if not is_stop(word)]
    line = f" {' '.join(said)} "
    found = {name: [fold(part) for part in _CAPITAL.findall(name)] for name in known}
    whole = tuple(name for name, parts in found.items() if parts and f" {' '.join(parts)} " in line)
    told = {part for name in whole for part in found[name]}
    rest = {word for word in said if word not in told and len(word) >= SHORTEST}
    some = (name for name, parts in found.items() if not rest.isdisjoint(parts[:1] if small else parts))
    return tuple(dict.fromkeys((*whole, *some)))
