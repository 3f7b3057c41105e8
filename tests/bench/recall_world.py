"""Memories of 1,000 to 100,000 moments: a recording, and before it worlds that recombine its screens.

Each world is the recording again at other days: places of lines, applications and small words stay, numbers
are drawn anew in their form, and each other word is drawn from those that are written alike and are about as
frequent. So people and vocabulary are the same and what is said differs.
Passages of the first worlds are encoded; later ones have those vectors, turned by a random angle.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from memory.adapters.text_minilm import MiniLm, installed
from memory.ledger import episodes, frames, looks, moments, readings, vectors
from memory.ledger.connection import Db, Ledger, Writer
from memory.records import (
    Active,
    Cue,
    Digest,
    Episode,
    Frame,
    Line,
    Moment,
    MomentWhole,
    Named,
    Part,
    Passage,
    Reading,
    SpanDraft,
    Window,
    Words,
)
from memory.vectors import quantise
from tests.bench.recall_memories import CACHE, Memory
from tests.bench.recordings import opened

SIZES = (1_000, 10_000, 100_000)
ENCODED = 12
"""Worlds whose passages are encoded."""

TURN = np.tan(np.arccos(0.9))
"""How far the vectors of later worlds are turned from them: to a cosine of .9."""

MODEL = Path(sys.prefix) / "share/onceseen/text"
AT_ONCE = 200
"""Moments in one transaction."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Screen:
    """A moment of the recording, as it is recombined."""

    whole: MomentWhole
    passages: tuple[Passage, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Source:
    """The recording: its screens in order of time, its episodes, and what becomes of its words."""

    screens: tuple[Screen, ...]
    episodes: tuple[Episode, ...]
    classes: dict[str, tuple[str, ...]]

    @property
    def days(self) -> timedelta:
        first, last = self.screens[0].whole.moment.start, self.screens[-1].whole.moment.end
        return timedelta(days=(last.date() - first.date()).days + 1)


class World:
    """What stands in the recording as it reads in world `n`, which lies so many times its length before."""

    def __init__(self, source: Source, n: int) -> None:
        self._chance = random.Random(f"world {n}")
        self._source, self._said = source, dict[str, str]()
        self.n, self.before = n, (n + 1) * source.days

    def said(self, text: str) -> str:
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, word: str) -> str:
        if word not in self._said:
            self._said[word] = self._drawn(word)
        return self._said[word]

    def _drawn(self, word: str) -> str:
        if any(map(str.isdigit, word)):
            return "".join(str(self._chance.randrange(10)) if c.isdigit() else c for c in word)
        alike = self._source.classes.get(word, ())
        return self._chance.choice(alike) if alike else word

    def line(self, line: Line) -> Line:
        return replace(line, text=self.said(line.text))

    def window(self, window: Window) -> Window:
        return replace(window, title=self.said(window.title))


def scaled(memory: Memory, size: int, fresh: bool = False) -> Path:
    """The folder of a memory of `size` moments that begins with this one; made of the next smaller one."""
    folder = CACHE / "scale" / str(size)
    if fresh or not folder.exists():
        smaller = max((one for one in SIZES if one < size), default=None)
        made = scaled(memory, smaller, fresh) if smaller else memory.folder
        making = folder.with_name(f"{size}.making")
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(made, making, ignore=shutil.ignore_patterns("*.sock", "engine"))
        with opened(memory.folder) as first, first.ledger.reading() as db:
            source = read(db)
        with opened(making) as growing:
            grow(growing.ledger, source, size)
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
    return folder


def read(db: Db) -> Source:
    """A recording's screens; which words are written alike and are about as frequent."""
    found = []
    for moment in moments.between(db, None, None):
        whole = moments.whole(db, moment.id)
        frame = moments.best_frame(db, moment.id)
        own = db.rows(
            "select p.text from passages p join frames f on f.id = p.frame where f.moment = ? order by p.id",
            moment.id,
        )
        cues = looks.cues(db, frame) if frame else ()
        found.append(Screen(whole, tuple(Passage(text, ()) for (text,) in own), cues))
    often = Counter(
        word for screen in found for line in screen.whole.lines for word in _WORD.findall(line.text)
    )
    groups: dict[tuple[bool, bool, int], list[str]] = {}
    for word, count in often.items():
        if len(word) > 3 and word.isalpha():
            groups.setdefault((word[0].isupper(), word.isupper(), count.bit_length()), []).append(word)
    classes = {word: tuple(group) for group in groups.values() for word in group}
    return Source(tuple(found), episodes.between(db, None, None), classes)


def grow(ledger: Ledger, source: Source, size: int) -> None:
    """Worlds are added until there are so many moments; the last one may be cut short."""
    with ledger.reading() as db:
        there = moments.count(db)
    each = len(source.screens)
    first = -(-there // each) - 1
    near = encoded(source)
    while there < size:
        world = World(source, first)
        taken = source.screens[: size - there]
        ids: dict[int, int] = {}
        for start in range(0, len(taken), AT_ONCE):
            with ledger.writing() as db:
                for screen in taken[start : start + AT_ONCE]:
                    ids[screen.whole.moment.id] = _add(db, world, screen)
        with ledger.writing() as db:
            _embed(db, world, [ids[s.whole.moment.id] for s in taken], taken, near)
            _tell(db, world, source.episodes, ids)
            moments.settle(db, ids.values())
        there, first = there + each, first + 1


def _add(db: Writer, world: World, screen: Screen) -> int:
    """The screen as it reads in that world; the id of its moment."""
    whole = screen.whole
    moment, windows = whole.moment, tuple(map(world.window, whole.windows))
    title, at = world.said(moment.title), moment.start - world.before
    frame = Frame(
        at=at,
        digest=hashlib.sha256(f"{world.n} {moment.id}".encode()).digest(),
        width=whole.width,
        height=whole.height,
        active=Active(moment.app, title, moment.url and world.said(moment.url)),
        windows=windows,
        origin=f"world {world.n}, {moment.id}",
    )
    id = frames.add(db, frame, None)
    readings.add(db, id, Reading(tuple(map(world.line, whole.lines)), "world"))
    stays = moment.end - moment.start
    if stays:
        last = hashlib.sha256(f"{world.n} {moment.id} last".encode()).digest()
        frames.add(db, replace(frame, at=at + stays, digest=last, new=False, origin=None), None)
    parts = {cue.n: Part(0, cue.n, cue.box) for cue in screen.cues}
    looks.put(db, id, "world", tuple(parts.values()), screen.cues)
    of = frames.moment_of(db, id)
    readings.index_words(db, of)
    return of


def encoded(source: Source) -> NDArray[np.float32]:
    """Vectors of the passages of the first worlds, ENCODED x passages x 384; kept for the next run."""
    texts = [
        world.said(passage.text)
        for world in (World(source, n) for n in range(ENCODED))
        for screen in source.screens
        for passage in screen.passages
    ]
    kept = CACHE / "vectors" / f"{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, MiniLm(MODEL).encode(texts))
    found: NDArray[np.float32] = np.load(kept)
    return found.reshape(ENCODED, -1, found.shape[1])


def _embed(
    db: Writer, world: World, ids: Sequence[int], taken: Sequence[Screen], near: NDArray[np.float32]
) -> None:
    """Passages with their vectors, those of a later world turned by chance."""
    owners: list[int] = []
    for id, screen in zip(ids, taken, strict=True):
        said = [Passage(world.said(passage.text), ()) for passage in screen.passages]
        frame = moments.best_frame(db, id)
        if frame is not None:
            owners += readings.add_passages(db, frame, said)
    rows = near[world.n % ENCODED][: len(owners)]
    if world.n >= ENCODED:
        rows = turned(rows, world.n)
    vectors.add(db, "passage", owners, quantise(rows, installed(MODEL)))


def turned(rows: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Unit vectors turned by the angle of TURN in a random direction."""
    away = np.random.default_rng(seed).standard_normal(rows.shape).astype(np.float32)
    away -= (away * rows).sum(axis=1, keepdims=True) * rows
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    moved = rows + np.float32(TURN) * away
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def _tell(db: Writer, world: World, told: Iterable[Episode], ids: dict[int, int]) -> None:
    """The recording's episodes as they read in that world, each a day's part by itself."""
    days: dict[date, list[tuple[Episode, list[Moment]]]] = {}
    for episode in told:
        parts: dict[date, list[Moment]] = {}
        held = moments.many(db, [ids[id] for id in episode.moments if id in ids])
        for moment in sorted(held.values(), key=lambda one: (one.start, one.id)):
            parts.setdefault(moment.start.date(), []).append(moment)
        for day, inside in parts.items():
            days.setdefault(day, []).append((episode, inside))
    for day, inside in days.items():
        drafts = [_span(episode, held) for episode, held in inside]
        number = (day - date(1970, 1, 1)).days
        episodes.replace_day(db, number, drafts, range(-1, -len(drafts) - 1, -1))
        for draft, (episode, held) in zip(drafts, inside, strict=True):
            ((id,),) = db.rows("select episode from episode_moments where moment = ?", held[0].id)
            keys = tuple(ids[key] for key in episode.key_moments if key in ids)
            people = tuple(map(world.said, episode.people))
            title, gist = world.said(episode.title), world.said(episode.gist)
            named = Named(title, gist, episode.apps, keys, people, episode.sites, episode.files)
            episodes.name(db, id, named, [(draft.start, draft.end)])


def _span(episode: Episode, held: Sequence[Moment]) -> SpanDraft:
    windows = tuple((one.app, (one.title,), 10.0, one.id) for one in held[:3])
    digest = Digest(windows, (), ((episode.gist, 1, 1.0),), {}, {}, {}, ())
    words = Words(len(held), {episode.title: 1}, {})
    return SpanDraft(held[0].start, held[-1].end, tuple(one.id for one in held), words, digest)
