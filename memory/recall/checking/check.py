"""The last word on an answer: quotes and what is said beside them are held against the ledger, read anew.

Shares no code with what composes answers: a mistake there must not be repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from memory.ledger import frames, moments
from memory.ledger.connection import Db
from memory.recall.checking.outdated import NOW, outdated
from memory.recall.checking.standing import Quoted, Shown, pieces, plain, quoted, stands
from memory.recall.checking.stated import GAP, Sentence, borne_out, in_order
from memory.recall.checking.witness import Span
from memory.records import Box, Citation

LONGEST = 300
MOST = 3

_QUOTE = "“[^”]*”"
_MARK = re.compile(r"\[(\d+)\]")
_SENTENCE = re.compile(r"(?:(?!\[\d+\]).)*\[\d+\].*?(?:\.(?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Held:
    """A citation that holds by itself."""

    citation: Citation
    shown: Shown
    quoted: Quoted

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where the quoted lines stand; none for words of the title, and for text that was read elsewhere."""
        return tuple(dict.fromkeys(row.line.box for row, _ in self.quoted.lines if row.line.box[2] > 0))


def checked(
    db: Db, text: str, citations: Sequence[Citation], question: str = "", asked: Span = (None, None)
) -> tuple[Citation, ...] | None:
    """The citations with the boxes of their lines, or None where anything in the answer does not hold.

    Holds: text and citations within the limits; marks [1].. name each citation and nothing else; each quote
    stands in lines of its moment that belong together, or in its title; whatever a sentence puts in “ ” is
    quoted by its own citations; every value beside it stands there too, or follows from the times of what is
    cited; what is asked about now does not stand otherwise in a later look. `asked` is the time that the
    question was taken to be about.
    """
    if not 0 < len(citations) <= MOST or len(text) > LONGEST or GAP in text:
        return None
    proven = [one for citation in citations if (one := held(db, citation))]
    words, said = _without_quotes(text, citations)
    numbers = [citation.n for citation in citations]
    if len(proven) < len(citations) or numbers != list(range(1, len(citations) + 1)):
        return None
    if {int(n) for n in _MARK.findall(words)} != set(numbers):
        return None
    whole = tuple(one.shown.moment for one in proven)
    sentences = [
        replace(
            _sentence(part, [proven[int(n) - 1] for n in _MARK.findall(part)]), question=question, whole=whole
        )
        for part in _parts(words)
    ]
    quotes_hold = _quotes_hold(words, said, proven)
    if not quotes_hold or not in_order(sentences) or not all(borne_out(db, one, asked) for one in sentences):
        return None
    if NOW.search(f"{question} {words}") and outdated(
        db, [one.shown for one in proven], [one.quoted for one in proven], text
    ):
        return None
    return tuple(Citation(one.citation.n, one.shown.moment, one.citation.quote, one.boxes) for one in proven)


def held(db: Db, citation: Citation) -> Held | None:
    """A citation with its moment as it is now; None where that is gone or does not hold what is quoted."""
    moment = moments.many(db, [citation.moment.id]).get(citation.moment.id)
    if moment is None:
        return None
    rows = moments.texts(db, [moment.id])[moment.id]
    shown = Shown(moment, rows, frames.sizes(db, {row.frame for row in rows}))
    found = quoted(shown, citation.quote)
    one = None if found is None else Held(citation, shown, found)
    return one if one and set(citation.boxes) <= set(one.boxes) else None


# ------------------------------------------------------------------ the parts of a text


def _without_quotes(text: str, citations: Sequence[Citation]) -> tuple[str, list[str]]:
    """The text with GAP for each quote, and the quotes in order; a quote may hold quotation marks itself."""
    whole = sorted((f"“{citation.quote}”" for citation in citations), key=len, reverse=True)
    quote = re.compile("|".join((*map(re.escape, whole), _QUOTE)))
    return quote.sub(GAP, text), [match[0][1:-1] for match in quote.finditer(text)]


def _parts(words: str) -> list[str]:
    """Sentences, each with the marks of what it cites; what follows the last mark belongs to it."""
    parts = [match[0] for match in _SENTENCE.finditer(words)]
    rest = words[sum(map(len, parts)) :]
    return [*parts[:-1], parts[-1] + rest]


def _sentence(part: str, cited: Sequence[Held]) -> Sentence:
    shown, found = tuple(one.shown for one in cited), tuple(one.quoted for one in cited)
    return Sentence(_MARK.sub(" ", part), shown, found)


def _quotes_hold(words: str, said: Sequence[str], held: Sequence[Held]) -> bool:
    """Whether what each sentence quotes stands in the quotes of its own citations, and stands in a moment."""
    quotes = iter(said)
    for part in _parts(words):
        own = [held[int(n) - 1] for n in _MARK.findall(part)]
        for _ in range(part.count(GAP)):
            quote = next(quotes)
            if not any(_quotes(one, quote) for one in own):
                return False
    return True


def _quotes(held: Held, quote: str) -> bool:
    whole = plain(held.citation.quote)
    return all(stands(piece, whole) for piece in pieces(quote)) and quoted(held.shown, quote) is not None
