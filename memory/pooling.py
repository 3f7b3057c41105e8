"""Continuous memory: spans and episodes keep a fixed number of vectors, pooled from those of their frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from memory.consolidate.trajectory import pooled
from memory.ledger import trajectories
from memory.ledger.connection import Writer
from memory.ledger.trajectories import Kept, Trajectory
from memory.vectors import quantise, restore


def pool(db: Writer, before: Sequence[Kept] = ()) -> None:
    """Pools each span of which vectors came, then the episodes of those from what their spans keep.

    `before` is what the spans of faded frames kept in whose place these were put: the one that holds all of
    their moments takes it over. Where none does it goes: what is forgotten takes its own span with it, and no
    other may hold anything of it. Vectors of two encoders are never pooled together; those of an old one go
    when a new one has seen as much.
    """
    spans = trajectories.unpooled(db)
    held = {span: trajectories.moments_of(db, span) for span in spans}
    taken: dict[int, list[Trajectory]] = {span: [] for span in spans}
    for kept in before:
        heir = next((span for span in spans if kept.moments <= held[span]), None)
        if heir is not None:
            taken[heir] += kept.trajectories
    for span in spans:
        old = [*trajectories.of_span(db, span), *taken[span]]
        trajectories.put(db, span, _richer(trajectories.of_frames(db, span), _joined(old)))
    for episode in trajectories.lacking(db):
        trajectories.put_episode(db, episode, _joined(trajectories.of_spans(db, episode)))


def _richer(fresh: Iterable[Trajectory], old: Iterable[Trajectory]) -> tuple[Trajectory, ...]:
    """Of each kind and encoder what more was pooled in, without old ones where another has seen as much."""
    found = {(one.kind, one.vectors.encoder): one for one in old}
    for one in _joined(fresh):
        key = (one.kind, one.vectors.encoder)
        if key not in found or sum(one.weights) >= sum(found[key].weights):
            found = {
                of: other
                for of, other in found.items()
                if of[0] != one.kind or sum(other.weights) > sum(one.weights)
            }
            found[key] = one
    return tuple(found.values())


def _joined(some: Iterable[Trajectory]) -> tuple[Trajectory, ...]:
    """One trajectory for each kind and encoder, in order."""
    parts: dict[tuple[str, str], list[Trajectory]] = {}
    for one in some:
        parts.setdefault((one.kind, one.vectors.encoder), []).append(one)
    return tuple(_pooled(group) for group in parts.values())


def _pooled(parts: Sequence[Trajectory]) -> Trajectory:
    vectors = np.concatenate([restore(part.vectors) for part in parts])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weights = np.array([weight for part in parts for weight in part.weights], np.float32)
    made, counts = pooled(vectors, weights)
    return Trajectory(
        parts[0].kind, quantise(made, parts[0].vectors.encoder), tuple(float(count) for count in counts)
    )
