"""Which boxes of text belong together and how they are read: a recursive cut at white space; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from memory.records import Box

COLUMN_GAP, BLOCK_GAP = 1.2, 1.0
"""White space that parts columns and blocks, in heights of a line."""
NEARLY = 0.8
"""Cuts of at least this share of the widest are made at once."""
CELL = 10.0
"""Boxes narrower than this, in heights, may be the cells of a table; prose is wider."""


def blocks(boxes: Sequence[Box]) -> list[list[int]]:
    """Indices of boxes in reading order, block by block: tables by rows, columns of prose one by one."""
    done: list[list[int]] = []
    waiting = [list(range(len(boxes)))] if boxes else []
    while waiting:
        ids = waiting.pop()
        parts = _parts(boxes, ids)
        if len(parts) == 1:
            done.append(parts[0])
        else:
            waiting.extend(reversed(parts))
    return done


def rows(boxes: Sequence[Box], ids: Sequence[int]) -> list[list[int]]:
    """Rows from the top, each from the left: boxes that overlap by half of the lower one are in one row."""
    found: list[tuple[int, int, list[int]]] = []
    for i in sorted(ids, key=lambda i: boxes[i][1] + boxes[i][3] / 2):
        top, high = boxes[i][1], boxes[i][3]
        if found and min(found[-1][1], top + high) - max(found[-1][0], top) > 0.5 * min(
            high, found[-1][1] - found[-1][0]
        ):
            found[-1][2].append(i)
        else:
            found.append((top, top + high, [i]))
    return [sorted(row, key=lambda i: boxes[i][0]) for _, _, row in found]


def _parts(boxes: Sequence[Box], ids: list[int]) -> list[list[int]]:
    """The parts at the widest cuts, or one block in its order."""
    line = sorted(boxes[i][3] for i in ids)[len(ids) // 2]
    across, at_x = _gaps(sorted((boxes[i][0], boxes[i][0] + boxes[i][2]) for i in ids))
    down, at_y = _gaps(sorted((boxes[i][1], boxes[i][1] + boxes[i][3]) for i in ids))
    # Told lines stand nowhere: boxes without extent leave no white space to cut at.
    columns = 0 < across >= COLUMN_GAP * line and across >= down
    if columns:
        left = [i for i in ids if boxes[i][0] < at_x[0]]
        right = [i for i in ids if boxes[i][0] >= at_x[0]]
        if not _table(boxes, left, right, line):
            return [left, right]
    if 0 < down >= BLOCK_GAP * line:
        parts: list[list[int]] = [[] for _ in range(len(at_y) + 1)]
        for i in ids:
            parts[bisect_right(at_y, boxes[i][1])].append(i)
        return parts
    return [[i for row in rows(boxes, ids) for i in row]]


def _gaps(spans: list[tuple[int, int]]) -> tuple[int, list[int]]:
    """The width of the widest stretch that no span covers, and where it and those nearly as wide end."""
    gaps, reached = [], spans[0][1]
    for start, end in spans[1:]:
        if start > reached:
            gaps.append((start - reached, start))
        reached = max(reached, end)
    widest = max(gaps, default=(0, 0))[0]
    return widest, [at for gap, at in gaps if gap >= NEARLY * widest]


def _table(boxes: Sequence[Box], left: list[int], right: list[int], line: int) -> bool:
    """Whether both sides are cells of the same rows: most have a neighbour beside them, one is narrow."""
    few, many = sorted((left, right), key=len)
    if len(few) < 2:
        return False
    middles = [boxes[i][1] + boxes[i][3] / 2 for i in many]
    level = sum(any(abs(boxes[i][1] + boxes[i][3] / 2 - m) < 0.4 * line for m in middles) for i in few)
    narrow = min(sorted(boxes[i][2] for i in side)[len(side) // 2] for side in (left, right))
    return level >= 0.7 * len(few) and narrow < CELL * line and len(many) <= 3 * len(few)
