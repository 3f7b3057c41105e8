"""A piece of a question in the place of what is like it in the one before: "and Anna?", "und für Eiche?"."""

from __future__ import annotations

import re

from memory.recall.language.words import content, identifiers

# Words that carry a meaning elsewhere, and none in "when did that happen?".
_FILLERS = {
    *("happen", "happened", "happens", "though"),
    *("passiert", "geschehen", "dauert", "gedauert", "ging", "geht", "genau"),
}
_MARK = "qxzqxz"


def carrying(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, as they are written; none where none does."""
    kept = set(content(f"{text} {_MARK}")) - _FILLERS
    return tuple(word for word in re.findall(r"[^\s?!,;:\"“”()]+", text) if kept & set(content(word)))


_DETERMINER = (
    r"(?:the|my|our|your|his|her|its|their|a|an"
    r"|der|die|das|den|dem|des|ein|eine[nmrs]?|mein\w*|unser\w*|ihre?[nmrs]?|seine[nmrs]?)"
)
_PREPOSITION = (
    r"(?:for|from|to|with|about|of|in|on|at|by|after|before"
    r"|für|von|vom|mit|über|bei|beim|an|am|zu|zum|zur|nach|im|aus|wegen)"
)
_NAME = re.compile(
    r"(?<!^)(?<![.?!:] )(?<=\s)(?<!\bthe )(?<!\ba )(?P<name>[A-ZÄÖÜ][\w'’-]+(?:\s+[A-ZÄÖÜ][\w'’-]+)*)"
)
_BEFORE_NAME = re.compile(rf"\b{_DETERMINER}\s+(?:[a-zäöüß]\w*\s+)?$", re.IGNORECASE)
_AUXILIARY = (
    r"(?:did|does|do|has|have|had|was|were|is|are|hat|habe|hatte|haben|wurde|wurden|ist|sind|kann|will)"
)


def name_in(text: str) -> tuple[int, int] | None:
    """Where the first name of a text stands: capitals that neither begin it nor follow an article."""
    for match in _NAME.finditer(text):
        if not _BEFORE_NAME.search(text[: match.start()]):
            return match.span("name")
    return None


def put(base: str, piece: str) -> str:
    """The question `base` with `piece` in the place of what is like it, else at its end.

    Like it are a code, what follows the same preposition, a name, what follows an article.
    """
    other = _other(base, piece)
    if other:
        return other
    spot = _code(base, piece) or _after_preposition(base, piece)
    if spot is None and re.match(rf"{_PREPOSITION}\s", piece, re.IGNORECASE):
        return f"{base.rstrip('?!. ')} {piece}"
    if spot is None and re.match(rf"{_DETERMINER}\s", piece, re.IGNORECASE):
        spot = _after_article(base)
    elif spot is None and piece[:1].isupper():
        spot = name_in(base)
    elif spot is None:
        spot = _last_plain(base) or _last_word(base, piece)
    if spot is None:
        return f"{base.rstrip('?!. ')} {piece}"
    return base[: spot[0]] + piece + base[spot[1] :]


def _other(base: str, piece: str) -> str:
    """ "The red one", "das rote": another of what article and adjective named last, or one of what was asked
    for; "" where a piece is none of this.
    """
    match = re.fullmatch(rf"({_DETERMINER}\s+[a-zäöüß]\w*)(\s+ones?)?", piece)
    named = rf"\b{_DETERMINER}\s+[a-zäöüß]\w*\s+(?={'' if match and match[2] else '[A-ZÄÖÜ]'}\w)"
    found = [one for one in re.finditer(named, base) if not re.search(rf"\s{_PREPOSITION}\s+$", one[0])]
    if match is not None and match[2] and not found:
        return f"{base.rstrip('?!. ')} {match[1].split()[-1]}"
    if match is None or not found:
        return ""
    return f"{base[: found[-1].start()]}{match[1]} {base[found[-1].end() :]}"


def _code(base: str, piece: str) -> tuple[int, int] | None:
    here, there = identifiers(piece), identifiers(base)
    if not here or not there or here[0] != piece.split()[-1]:
        return None
    start = base.find(there[-1])
    return (start, start + len(there[-1])) if start >= 0 else None


def _after_preposition(base: str, piece: str) -> tuple[int, int] | None:
    """What follows in `base` the preposition with which `piece` begins, that included."""
    own = re.match(rf"({_PREPOSITION})\s", piece, re.IGNORECASE)
    if own is None:
        return None
    same = list(re.finditer(rf"\b{own[1]}\s+", base, re.IGNORECASE))
    return (same[-1].start(), _phrase_end(base, same[-1].end())) if same else None


def _after_article(base: str) -> tuple[int, int] | None:
    """The last phrase of `base` with an article that follows no preposition, else the last at all."""
    found = list(re.finditer(rf"\b{_DETERMINER}\s+(?=\w)", base, re.IGNORECASE))
    free = [m for m in found if not re.search(rf"\b{_PREPOSITION}\s+$", base[: m.start()], re.IGNORECASE)]
    for match in (free or found)[:1]:
        return match.start(), _phrase_end(base, match.end())
    return None


def _phrase_end(base: str, start: int) -> int:
    """Where a phrase ends whose first word after article or preposition begins at `start`.

    After its nouns where they have capitals; else before the next preposition, or the verb that an auxiliary
    before the phrase asks for.
    """
    german = re.match(
        rf"(?:{_DETERMINER}\s+)?(?:[a-zäöüß]\w*\s+){{0,2}}[A-ZÄÖÜ][\w-]*(?:\s+[A-ZÄÖÜ][\w-]*)*", base[start:]
    )
    if german:
        return start + german.end()
    plain = re.match(rf"(?:{_DETERMINER}\s+)?\w[\w-]*(?:\s+(?!{_PREPOSITION}\b)\w[\w-]*)*", base[start:])
    end = start + plain.end() if plain else start
    words = base[start:end].split()
    subject = re.search(rf"\b{_AUXILIARY}\s+(?:{_DETERMINER}\s+)?$", base[:start], re.IGNORECASE)
    if (
        subject
        and len(words) > 1
        and not re.search(r"\b(?:is|are|was|were|ist|sind)\s", subject[0], re.IGNORECASE)
    ):
        return start + len(base[start:end].rsplit(None, 1)[0])
    return end


def _last_plain(base: str) -> tuple[int, int] | None:
    """The last word after a preposition that has no article."""
    found = list(
        re.finditer(rf"\b{_PREPOSITION}\s+(?!{_DETERMINER}\b)(?P<word>[a-zäöüß][\w-]+)", base, re.IGNORECASE)
    )
    return found[-1].span("word") if found else None


def _last_word(base: str, piece: str) -> tuple[int, int] | None:
    """The last word of `base` that carries meaning, for a piece of one word."""
    words = carrying(base) if " " not in piece else ()
    start = base.rfind(words[-1]) if words else -1
    return (start, start + len(words[-1])) if start >= 0 else None
