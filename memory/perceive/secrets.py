"""Strikes secrets out of what was read before it is stored, and says in which pixels they stand; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from memory.perceive.joined import around
from memory.perceive.secret_forms import (
    CARD,
    IBAN,
    LABEL,
    PASSWORD,
    PRIVATE_KEY,
    TOKEN,
    Span,
    looks_chosen,
    looks_odd,
    spans,
)
from memory.records import Active, Box, Frame, Line

BORDER = 2
"""Pixels struck out around a secret: letters reach over the boxes that are found for them."""
BELOW, BESIDE = 1.6, 6.0
"""How far away a neighbour may be, in heights of the line."""
CHAIN = 4
"""Lines or boxes that one number may be spread over."""

KEY_BEGINS = re.compile(r"BEGIN\s?(?:[A-Z0-9]+\s?){0,3}PRIVATE\s?KEY", re.IGNORECASE)
KEY_ENDS = re.compile(r"END\s?(?:[A-Z0-9]+\s?){0,3}PRIVATE\s?KEY", re.IGNORECASE)
KEY_PART = re.compile(r"[\w+/=|!\- ]{16,}|[\w+/=]{4,}={0,2}")


@dataclass(frozen=True, slots=True)
class Struck:
    """Lines without secrets, and the boxes in the picture where they stood."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the picture a secret stands, and what is put in its place."""

    box: Box
    mark: str


def strike(lines: Sequence[Line], words: Sequence[Sequence[Box]] = (), known: Iterable[Place] = ()) -> Struck:
    """`words` has each line's boxes of its words, parted by blanks; without it whole lines are blacked.
    `known` are places where another reading of the picture has a secret.
    """
    found = _found(lines)
    for place in known:
        for i, span in _standing(lines, words, place):
            found[i].append(span)
    struck: list[Line] = []
    boxes: list[Box] = []
    for i, line in enumerate(lines):
        marked = _merged(found[i])
        struck.append(replace(line, text=_without(line.text, marked)) if marked else line)
        boxes.extend(grown(_place(line, span, words[i] if words else ())) for span in marked)
    return Struck(tuple(struck), tuple(boxes))


def places(lines: Sequence[Line], words: Sequence[Sequence[Box]]) -> Iterator[Place]:
    """The secrets of a reading, to be struck from another of the same picture."""
    for i, spans_there in _found(lines).items():
        for span in _merged(spans_there):
            yield Place(_place(lines[i], span, words[i]), span.mark)


def strike_text(text: str) -> str:
    """A text read elsewhere, a title or an address, without secrets."""
    return _without(text, spans(text))


def strike_frame(frame: Frame) -> Frame:
    """The frame with titles, address and told text without secrets."""
    active = frame.active and Active(
        frame.active.app,
        strike_text(frame.active.title),
        frame.active.url and strike_text(frame.active.url),
    )
    windows = frame.windows and tuple(replace(w, title=strike_text(w.title)) for w in frame.windows)
    text = frame.text and _told(frame.text)
    return replace(frame, active=active, windows=windows, text=text)


def _told(text: tuple[str, ...]) -> tuple[str, ...]:
    """Lines without a picture stand one below the other."""
    lines = [Line(one, (0, 20 * n, 10 * len(one), 14)) for n, one in enumerate(text)]
    return tuple(line.text for line in strike(lines).lines)


# ------------------------------------------------------------------ where they stand


def _found(lines: Sequence[Line]) -> dict[int, list[Span]]:
    near = _neighbours([line.box for line in lines])
    found: dict[int, list[Span]] = {i: _in_line(lines, i) for i in range(len(lines))}
    for i, span in (*_private_keys(lines), *_spread(lines, near), *_behind_labels(lines, near)):
        found[i].append(span)
    return found


def _standing(
    lines: Sequence[Line], words: Sequence[Sequence[Box]], place: Place
) -> Iterator[tuple[int, Span]]:
    """The words of each line that stand where another reading has a secret."""
    for i, line in enumerate(lines):
        touched = [n for n, box in enumerate(words[i]) if _covers(box, place.box)]
        pieces = line.text.split(" ")
        if touched and len(pieces) == len(words[i]):
            ends = list(accumulate(len(piece) + 1 for piece in pieces))
            start = ends[touched[0]] - len(pieces[touched[0]]) - 1
            yield i, Span(start, ends[touched[-1]] - 1, place.mark)
        elif touched:
            yield i, _whole(line, place.mark)


def _covers(one: Box, other: Box) -> bool:
    """Whether they share half of the narrower and half of the lower of them."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return 2 * wide >= min(one[2], other[2]) and 2 * high >= min(one[3], other[3])


def _in_line(lines: Sequence[Line], i: int) -> list[Span]:
    text = lines[i].text
    if sum(mark.isdigit() for mark in text) < 12:
        return spans(text)
    near = [other.text for other in lines if other is not lines[i] and _near(lines[i].box, other.box)]
    return spans(text, " ".join(near))


def _private_keys(lines: Sequence[Line]) -> Iterator[tuple[int, Span]]:
    """The lines between BEGIN and END; where one of them is out of sight, as far as it looks like a key."""
    for i, line in enumerate(lines):
        if KEY_BEGINS.search(line.text):
            yield i, _whole(line, PRIVATE_KEY)
            yield from _part_of_key(lines, i, 1)
        elif KEY_ENDS.search(line.text):
            yield i, _whole(line, PRIVATE_KEY)
            yield from _part_of_key(lines, i, -1)


def _part_of_key(lines: Sequence[Line], i: int, step: int) -> Iterator[tuple[int, Span]]:
    """Lines after (or before) one edge of a key, in its column, up to the other edge."""
    edge = lines[i].box
    side = sorted(
        (
            j
            for j in range(len(lines))
            if step * (lines[j].box[1] - edge[1]) > 0 and _one_column(edge, lines[j].box)
        ),
        key=lambda j: step * lines[j].box[1],
    )
    for j in side:
        text = lines[j].text
        if KEY_BEGINS.search(text) or KEY_ENDS.search(text):
            return
        if not (KEY_PART.fullmatch(text.strip()) or re.match(r"(Proc-Type|DEK-Info|Comment):", text)):
            return
        yield j, _whole(lines[j], PRIVATE_KEY)


def _spread(lines: Sequence[Line], near: Neighbours) -> Iterator[tuple[int, Span]]:
    """Numbers and tokens that go on in the next box of the row or in the line below."""
    for i, line in enumerate(lines):
        below = _chain(i, near.below)
        if any(mark.isdigit() for mark in line.text):
            for chain in (_chain(i, near.right), below):
                yield from _crossing(lines, chain, "\n", (CARD, IBAN))
        yield from _crossing(lines, below[:2], "", (TOKEN,))


def _crossing(
    lines: Sequence[Line], chain: Sequence[int], between: str, marks: Sequence[str]
) -> Iterator[tuple[int, Span]]:
    """Secrets that only show when the chain is read as one text, as a span in each of its lines."""
    text = between.join(lines[i].text for i in chain)
    starts, at = [], 0
    for i in chain:
        starts.append(at)
        at += len(lines[i].text) + len(between)
    for span in spans(text):
        parts = [
            (i, Span(max(0, span.start - start), min(len(lines[i].text), span.end - start), span.mark))
            for i, start in zip(chain, starts, strict=True)
            if span.start < start + len(lines[i].text) and span.end > start
        ]
        if (
            span.mark in marks
            and len(parts) > 1
            and all(_goes_on(lines[i].text, part) for i, part in parts[1:])
        ):
            yield from parts


def _goes_on(text: str, part: Span) -> bool:
    """Whether the rest of a token in the next line is no plain word and no time of day."""
    rest = text[part.start : part.end]
    mixed = any(mark.isdigit() for mark in rest) and any(mark.isalpha() for mark in rest)
    return part.mark != TOKEN or (mixed and len(rest) >= 4 and not text[part.end :].strip().startswith(":"))


def _behind_labels(lines: Sequence[Line], near: Neighbours) -> Iterator[tuple[int, Span]]:
    """What stands beside or below a line that is the label of a password field."""
    for i, line in enumerate(lines):
        if not LABEL.fullmatch(line.text):
            continue
        for j in (near.right[i], near.below[i]):
            if j >= 0 and _looks_set(lines[j].text.strip().split(" ")):
                yield j, _whole(lines[j], PASSWORD)


def _looks_set(parts: Sequence[str]) -> bool:
    """A password, or one that was read with a blank in it."""
    return (
        len(parts) <= 2 and looks_chosen("".join(parts)) and (len(parts) == 1 or all(map(looks_odd, parts)))
    )


# ------------------------------------------------------------------ neighbours


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each line the next one in its row and the next one below it; -1 where there is none near."""

    right: list[int]
    below: list[int]


def _neighbours(boxes: Sequence[Box]) -> Neighbours:
    if not boxes:
        return Neighbours([], [])
    x, y, w, h = np.array(boxes, dtype=np.int64).T
    gap = x[None, :] - (x + w)[:, None]
    level = np.abs((y + h / 2)[None, :] - (y + h / 2)[:, None]) < 0.5 * h[:, None]
    beside = level & (gap >= -2) & (gap <= BESIDE * h[:, None])
    drop = y[None, :] - y[:, None]
    column = np.minimum((x + w)[:, None], (x + w)[None, :]) > np.maximum(x[:, None], x[None, :])
    under = column & (drop > 0.5 * h[:, None]) & (drop <= (1 + BELOW) * h[:, None])
    return Neighbours(_nearest(beside, gap), _nearest(under, drop))


def _nearest(allowed: NDArray[np.bool_], distance: NDArray[np.int64]) -> list[int]:
    np.fill_diagonal(allowed, False)
    best = np.where(allowed, distance, np.iinfo(np.int64).max).argmin(axis=1)
    return [int(j) if allowed[i, j] else -1 for i, j in enumerate(best)]


def _chain(i: int, follow: Sequence[int]) -> list[int]:
    chain = [i]
    while len(chain) < CHAIN and follow[chain[-1]] >= 0:
        chain.append(follow[chain[-1]])
    return chain


def _one_column(one: Box, other: Box) -> bool:
    return min(one[0] + one[2], other[0] + other[2]) > max(one[0], other[0])


def _near(one: Box, other: Box) -> bool:
    """Within four lines' height, so that a label counts for its field."""
    reach = 4 * one[3]
    return (
        one[0] - reach < other[0] + other[2]
        and other[0] < one[0] + one[2] + reach
        and one[1] - reach < other[1] + other[3]
        and other[1] < one[1] + one[3] + reach
    )


# ------------------------------------------------------------------ striking


def _whole(line: Line, mark: str) -> Span:
    return Span(0, len(line.text), mark)


def _merged(found: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end), merged[-1].mark)
        elif span.end > span.start:
            merged.append(span)
    return merged


def _without(text: str, marked: Sequence[Span]) -> str:
    for span in reversed(marked):
        text = text[: span.start] + span.mark + text[span.end :]
    return text


def _place(line: Line, span: Span, words: Sequence[Box]) -> Box:
    """The words of the line that the span touches."""
    pieces = line.text.split(" ")
    if len(pieces) != len(words):
        return line.box
    touched, at = [], 0
    for piece, box in zip(pieces, words, strict=True):
        if at < span.end and at + len(piece) > span.start:
            touched.append(box)
        at += len(piece) + 1
    return around(touched) if touched else line.box


def grown(box: Box) -> Box:
    """The box with what letters reach over it."""
    left, top = max(0, box[0] - BORDER), max(0, box[1] - BORDER)
    return left, top, box[0] + box[2] + BORDER - left, box[1] + box[3] + BORDER - top
