"""Words by which somebody says not to be sure: beside a time they widen it, and none is looked for."""

from __future__ import annotations

import re

_UNSURE = (
    r"(?<!did )(?<!do )\bi (?:think|believe|guess|suppose|reckon)(?: it was)?",
    r"\b(?:it )?(?:must|might|may|could) have been",
    r"\bif i remember (?:right|rightly|correctly|well)",
    r"\b(?:maybe|perhaps|possibly|probably|presumably)",
    r"\bich (?:glaube|denke|meine|vermute)(?: es war)?",
    r"\b(?:glaube|denke|meine|vermute) ich",
    r"\bwenn ich mich (?:recht |richtig )?erinnere",
    r"\b(?:vielleicht|wahrscheinlich|möglicherweise|vermutlich|womöglich)",
)
_OR_SO = (r"\bor (?:so|thereabouts)", r"\boder so", r"\bor maybe", r"\bherum", r"\brum")
_ABOUT = (r"\b(?:around|about|roughly|approximately|ungefähr|etwa|circa|ca\.|rund um|so um|um|gegen)",)
_WITHIN = (r"\b(?:at )?some ?(?:time|point)", r"\birgendwann(?: mal)?", r"\bin etwa")
_LIKE = (
    r"(?<!what )(?<!which )\b(?:some )?(?:kind|sort) of(?= (?:a|an|the)\b)",
    r"\bsomething like(?= (?:a|an|the)\b)",
    r"\b(?:so )?eine art(?: von)?(?= (?:ein|eine|einem|einen|einer)\b)",
    r"\birgendwie",
)


def _any(*tables: tuple[str, ...]) -> str:
    return "|".join(pattern for table in tables for pattern in table)


BEFORE_A_TIME = rf"(?:(?P<unsure>{_any(_UNSURE, _ABOUT)})|(?:{_any(_WITHIN)}))\b[\s,]+"
"""What may stand before a time; with the group "unsure" it widens it, without it means within it."""

AFTER_A_TIME = re.compile(rf"[\s,]*(?:{_any(_UNSURE, _OR_SO)})\b")

_ANYWHERE = re.compile(rf"(?:{_any(_UNSURE, _LIKE)})\b[\s,]*", re.IGNORECASE)


def without_hedges(text: str) -> str:
    """The text without what only says how sure somebody is; as it is where nothing else stands in it."""
    rest = _ANYWHERE.sub(" ", text)
    return re.sub(r"\s+", " ", rest).strip() if rest != text and rest.strip() else text
