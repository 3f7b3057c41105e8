"""Text as it is compared when something is to be forgotten: case, form and line ends do not count."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Case-folded, in compatibility form (a ligature is its letters), white space as single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
