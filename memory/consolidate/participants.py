"""Who and what took part: people named in lines, the site and the document of a window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from memory.consolidate.words import short_path, title_parts
from memory.records import LineRow, Moment, MomentText
from memory.trust import gives_orders

_ADDRESS = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,3})\s*<(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>"
)
_SENDER = re.compile(
    r"^(?P<name>[A-ZÄÖÜ][^\W\d_]+(?:[\s'’-][A-ZÄÖÜ][^\W\d_]+){1,2}?)\s(?:[·•«»-]\s?.{1,20}|(?:\w{3,9}\s){0,2}\d{1,2}:\d\d)$"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Die|Mit|Don|Fre|Sam|Son)[a-z]*$")
_DOT = re.compile("[·•«»-]")
_FILE = re.compile(r"[\w)-]\.[A-Za-z][A-Za-z0-9]{0,4}$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a line: beside an address, or (`address` empty) as who wrote when."""

    name: str
    address: str
    row: LineRow


def people(text: MomentText) -> Iterator[Person]:
    for row in text.lines:
        line = row.line.text
        if ("@" not in line and ":" not in line and not _DOT.search(line)) or gives_orders(line):
            continue
        if "@" in line and (address := _ADDRESS.search(line)):
            yield Person(address["name"], address["mail"], row)
        elif (sender := _SENDER.match(line)) and not _WEEKDAY.search(sender["name"]):
            yield Person(sender["name"], "", row)


def site(moment: Moment) -> str:
    """The host of the page, or nothing."""
    return (urlsplit(moment.url).hostname or "") if moment.url else ""


def document(moment: Moment) -> str:
    """The file that the window's title names, or nothing."""
    parts = title_parts(moment)
    name = short_path(parts[0]) if parts else ""
    return name if _FILE.search(name) else ""
