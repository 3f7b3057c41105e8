"""Kinds of file and of picture that a text asks for: "the spreadsheet", "als PDF", "a photo of"."""

from __future__ import annotations

import re

from memory.recall.language.words import tokens
from memory.recall.understanding.pictured import FORMS, NAMED, shown

_SHEETS = ("xlsx", "xls", "ods", "csv")
_LETTERS = ("docx", "doc", "odt")
_SLIDES = ("pptx", "ppt", "odp")

# What people call a kind of file, and the endings that such files have.
_CALLED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"spreadsheets?|excel(?: (?:file|sheet|table)s?)?|workbooks?|tabellen?(?:kalkulation)?|arbeitsmappen?"
     r"|excel-?(?:datei|tabelle)(?:en|n)?", _SHEETS),
    (r"word (?:document|file|doc)s?|word-?(?:dokument|datei)(?:e|en)?", _LETTERS),
    (r"presentations?|slides?|slide ?decks?|power ?points?|präsentation(?:en)?|folien?", _SLIDES),
    (r"text ?files?|textdatei(?:en)?", ("txt", "md")),
    (r"markdown(?: (?:file|note)s?)?|markdown-?datei(?:en)?", ("md",)),
    (r"jupyter(?: notebooks?)?", ("ipynb",)),
    (r"python (?:file|script)s?|python-?(?:skript|datei)(?:e|en)?", ("py",)),
    (r"shell scripts?|shell-?skripte?", ("sh",)),
    (r"e-?books?", ("epub", "pdf")),
    (r"zip (?:file|archive)s?|zip-?(?:datei|archiv)(?:e|en)?", ("zip",)),
    (r"log ?files?|logdatei(?:en)?", ("log",)),
)  # fmt: skip

_ALONE = (
    "pdf csv tsv docx xlsx xls ods odt odp pptx ipynb json yaml yml toml xml html svg png jpg jpeg gif webp"
    " epub zip mp3 mp4"
)
"""Endings that are said as a word: "the pdf"."""

_WITH = "txt md py sh js ts c h cpp rs go java sql log tex doc ppt rtf css ini conf"
"""Endings that are words or letters otherwise: only with a dot before or "file" behind."""

_PATTERNS = tuple((re.compile(rf"\b(?:{said})\b", re.IGNORECASE), endings) for said, endings in _CALLED)
_ENDING = re.compile(
    rf"(?<![\w./@-])(?:(?P<alone>{'|'.join(_ALONE.split())})s?(?:-?(?:datei|dokument)(?:en|e)?)?\b(?![./@]\w)"
    rf"|\*?\.(?P<dotted>{'|'.join((*_ALONE.split(), *_WITH.split()))})\b(?![.@/]?\w)"
    rf"|(?P<filed>{'|'.join(_WITH.split())})[ -](?:files?|datei(?:en)?)\b)",
    re.IGNORECASE,
)


def find_files(text: str) -> tuple[str, ...]:
    """Endings, without a dot, of the kinds of file that are asked for."""
    found = [ending for pattern, endings in _PATTERNS if pattern.search(text) for ending in endings]
    found += [match[match.lastgroup or 0].lower() for match in _ENDING.finditer(text)]
    return tuple(dict.fromkeys(found))


def find_shown(text: str) -> tuple[str, ...]:
    """What is to have been shown and not written, in the words of `pictured`; "picture" where any will do."""
    wanted = shown(text, ())
    if wanted is None:
        return ()
    named = sorted(wanted.picture | wanted.page)
    any_form = not wanted.picture & NAMED and any(FORMS.get(word) == "any" for word in tokens(text))
    return tuple(named) + (("picture",) if any_form else ())
