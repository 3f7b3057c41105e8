"""What must not be looked at: the decision over every visible window; pure, total, refuses when unsure.

A window counts as visible when it is listed, whatever lies above it: that a window above is opaque is not
known here. For the same reason a window's whole area is blacked out, also where another one covers it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from memory.records import Active, Box, Rule, Window

OWN_APP = "onceseen"
MARGIN = 8
"""Pixels blacked out around a window: its border and the inner part of its shadow."""

DECISIONS = 500
"""Windows whose decision is remembered."""

Kind = Literal["excluded", "own", "unsure"]


@dataclass(frozen=True, slots=True)
class Allow:
    """Nothing that can be seen is excluded."""


@dataclass(frozen=True, slots=True)
class Black:
    """These areas must be blacked out (margin included); of the windows only these may still be named."""

    boxes: tuple[Box, ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Refuse:
    """The frame must be left out. The reason names no window."""

    reason: str
    kind: Kind


Decision = Allow | Black | Refuse


def decide(windows: Sequence[Window] | None, active: Active | None, rules: Iterable[Rule]) -> Decision:
    """Whether a frame that shows these windows may be taken; None for windows that are not known."""
    return Exclusions(rules).decide(windows, active)


class Exclusions:
    """Rules made ready to decide many times."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._unclear = any(not _fold(rule.pattern).strip() for rule in self.rules)
        self._leave = _Matcher([rule for rule in self.rules if rule.mode != "black"])
        self._black = _Matcher([rule for rule in self.rules if rule.mode == "black"])

    def decide(self, windows: Sequence[Window] | None, active: Active | None) -> Decision:
        """Whether a frame that shows these windows, with this one in front, may be taken."""
        if windows is None:
            return Refuse("the visible windows are not known", "unsure")
        if self._unclear:
            return Refuse("an exclusion rule has no words", "unsure")
        if active is not None and _is_own(active.app):
            return Refuse("the window in front is Onceseen's own", "own")
        if active is not None and self._hits(active):
            # What may be blacked out is left out here: a frame is named by its front window.
            return Refuse("an excluded window is in front", "excluded")
        if any(self._leave.hits(window.app, window.title, None) for window in windows):
            return Refuse("an excluded window is visible", "excluded")
        hidden = [w for w in windows if _is_own(w.app) or self._black.hits(w.app, w.title, None)]
        if not hidden:
            return Allow()
        if any(window.w <= 0 or window.h <= 0 for window in hidden):
            return Refuse("the place of an excluded window is not known", "unsure")
        boxes = tuple((w.x - MARGIN, w.y - MARGIN, w.w + 2 * MARGIN, w.h + 2 * MARGIN) for w in hidden)
        return Black(boxes, tuple(window for window in windows if window not in hidden))

    def _hits(self, active: Active) -> bool:
        return any(m.hits(active.app, active.title, active.url) for m in (self._leave, self._black))


# Scripts written without spaces (Thai to Myanmar, Khmer, kana, Han) and Hangul, whose particles are attached:
# there a word ends where it ends, not at a space.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u312f\u3130-\u318f\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(r"[^\W_]+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_BEFORE = rf"(?<![^\W_{_UNSPACED}])"
_AFTER = rf"(?![^\W_{_UNSPACED}])"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

# Second levels under which names are sold as under a top level: there the name stands one further left.
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


class _Matcher:
    """The rules of one mode as one expression a field; the longest list costs one search."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._app = _any_of(r.pattern for r in rules if r.field in ("app", "any"))
        self._title = _any_of(r.pattern for r in rules if r.field in ("title", "any"))
        self._host = _any_of(r.pattern for r in rules if r.field == "any")
        sites = [host_of(r.pattern) or _fold(r.pattern) for r in rules if r.field == "site"]
        self._sites = frozenset(sites)
        self._site_titles = [_site_words(site) for site in sites]
        self._decided: dict[tuple[str, str, str | None], bool] = {}

    def hits(self, app: str, title: str, url: str | None) -> bool:
        """The same windows are asked about at every look, so the last decisions are kept."""
        asked = (app, title, url)
        if asked not in self._decided:
            if len(self._decided) >= DECISIONS:
                self._decided.clear()
            self._decided[asked] = self._finds(app, title, url)
        return self._decided[asked]

    def _finds(self, app: str, title: str, url: str | None) -> bool:
        folded = _fold(title)
        if self._app is not None and (self._app.search(_fold(app)) or self._app.search(_fold(_split(app)))):
            return True
        if self._title is not None and self._title.search(folded):
            return True
        if any(all(word.search(folded) for word in words) for words in self._site_titles):
            return True
        host = host_of(url) if url else ""
        if not host:
            return False
        if self._host is not None and self._host.search(host):
            return True
        labels = host.split(".")
        tails = {".".join(labels[n:]) for n in range(len(labels))}
        return bool(self._sites & (tails | set(labels)))


def host_of(address: str) -> str:
    """The host of an address or a bare host, case-folded, without "www." and port; empty: there is none."""
    text = address.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        if "xn--" in host:
            host = host.encode("ascii").decode("idna")
    except ValueError:  # a malformed address, UnicodeError included
        return ""
    return _fold(host).rstrip(".").removeprefix("www.")


def _is_own(app: str) -> bool:
    return _fold(app).strip() == OWN_APP


def _fold(text: str) -> str:
    """Case, width, accents and invisible characters do not count."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize(
        "NFC", "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    )


def _split(app: str) -> str:
    """KeyKeeper as Key Keeper: programs write their names in one."""
    return _CAMEL.sub(" ", app)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One expression that finds any of these patterns as whole words.

    What stands between a pattern's words does not matter. Patterns that begin and end alike share what is
    asked of their edges: asked for each, three hundred take a second to compile.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for pattern in dict.fromkeys(_fold(pattern).strip() for pattern in patterns):
        words = _WORD.findall(pattern)
        before = "" if not words or _UNSPACED_CHARACTER.match(words[0][0]) else _BEFORE
        after = "" if not words or _UNSPACED_CHARACTER.match(words[-1][-1]) else _AFTER
        if pattern:
            alike.setdefault((before, after), []).append(r"[\W_]*".join(words) or re.escape(pattern))
    groups = [f"{before}(?:{'|'.join(found)}){after}" for (before, after), found in alike.items()]
    return re.compile("|".join(groups)) if groups else None


def _site_words(site: str) -> list[re.Pattern[str]]:
    """The words of a site that a title has to show to count as that site: its name, and its subdomain if any.

    shop.example.co.uk asks for "shop" and "example"; a window that is not in front tells no address.
    """
    labels = [label for label in site.split(".") if label]
    if len(labels) > 1:
        labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels = labels[:-1]
    found = (_any_of([label]) for label in labels)
    return [words for words in found if words] or [re.compile(re.escape(site))]
