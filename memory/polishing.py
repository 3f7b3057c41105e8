"""Polishing: a local language model is asked about titles and gists, and is held to the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from memory.consolidate import polish
from memory.errors import ChildAway, ChildFailed, NoWriter
from memory.ledger import episodes
from memory.ledger import polished as kept
from memory.ledger.connection import Db, Ledger
from memory.ports import Writer
from memory.records import Unpolished

BATCH = 16


@dataclass(frozen=True, slots=True)
class Done:
    """How many were polished and how many rejected, how many `wait`, and the code of what ended it early."""

    polished: int = 0
    rejected: int = 0
    wait: int = 0
    failed: str = ""


class Polishing:
    """Asks `writer`; `model` names what is behind it, so that another one is asked anew."""

    def __init__(self, writer: Writer, model: str) -> None:
        self._writer, self._model = writer, model

    def run(self, ledger: Ledger, may: Callable[[], bool]) -> Done:
        """Goes on until nothing waits, as long as it `may`; the ledger is free while the model thinks."""
        counts = {True: 0, False: 0}
        failed = ""
        try:
            while batch := self._batch(ledger):
                for episode in batch:
                    if not may():
                        return self._done(ledger, counts, "")
                    counts[self._one(ledger, episode)] += 1
        except (NoWriter, ChildAway, ChildFailed) as error:
            failed = error.code
        return self._done(ledger, counts, failed)

    def _batch(self, ledger: Ledger) -> tuple[int, ...]:
        with ledger.reading() as db:
            return kept.waiting(db, self._model, BATCH)

    def _one(self, ledger: Ledger, episode: int) -> bool:
        """Whether what was said is kept. It is held against the evidence of then: a moment may have been
        forgotten while the model thought.
        """
        with ledger.reading() as db:
            before = _evidence(db, episode)
        asked = polish.prompt(before)
        said = self._writer.write(polish.RULES, asked) if asked else ""
        with ledger.writing() as db:
            now = _evidence(db, episode)
            if (now.title, now.gist) != (before.title, before.gist) or not now.title:
                return False
            made = polish.polished(said, now)
            kept.put(db, episode, made, self._model)
            return made is not None

    def _done(self, ledger: Ledger, counts: dict[bool, int], failed: str) -> Done:
        with ledger.reading() as db:
            wait = 0 if failed else kept.count_waiting(db, self._model)
        return Done(counts[True], counts[False], wait, failed)


def _evidence(db: Db, episode: int) -> Unpolished:
    digests = [digest for digest, _ in episodes.digests(db, episode)]
    return polish.unpolished(episode, kept.named(db, episode), digests, kept.words(db, episode))
