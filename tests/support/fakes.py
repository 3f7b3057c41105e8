"""A memory that never was: the door of memory over an invented week, for tests and pictures of the window."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Literal

from PySide6.QtCore import Qt

from memory.errors import NoKeyring, NotFound, OnceseenError, StoreTrouble, WrongKey
from memory.records import (
    Answer,
    Changes,
    Citation,
    Episode,
    Fact,
    Faded,
    Forgotten,
    Found,
    Line,
    Moment,
    MomentWhole,
    Query,
    Question,
    Result,
    Rule,
    Settled,
    Status,
    Timeline,
    Understood,
    What,
    Window,
)
from tests.support.chats import Chats
from tests.support.screens import HEIGHT, WIDTH, Scene, draw, lines, webp
from tests.support.telling import Telling
from tests.support.weeks import Held, Week, facts

NOW = datetime(2026, 11, 17, 16, 42, tzinfo=timezone(timedelta(hours=1)))
DAYS = 6
SMALL = 320

WORDS = set(".,:;?!()\"'")


def _gone(text: str) -> str:
    return "".join(" " if mark in WORDS else mark for mark in text.casefold())


class Invented(Telling, Chats):
    """What the fake memory holds, and the levers by which a test makes things happen to it."""

    def __init__(self, days: int = DAYS, now: datetime = NOW, recording: str = "on") -> None:
        super().__init__()
        self.now = now
        self.recording = recording
        self.paused_until: datetime | None = None
        self.called: list[str] = []
        self.polled = 0
        self.refuse: OnceseenError | None = None
        self.locked: OnceseenError | None = None
        self.broken = False
        self.without: set[int] = set()
        self.pinned: set[int] = set()
        self._changed = threading.Condition()
        self._generation = 1
        self._what: list[tuple[int, str]] = []
        week = Week(now, days)
        self._moments, self._episodes, self._gaps = week.moments, week.episodes, week.gaps
        self._ruled: dict[int, Fact] = {}
        self._deleted: set[int] = set()
        self._drawing = threading.Lock()
        self._pictures: dict[tuple[str, int, int], bytes] = {}
        self._said: dict[tuple[str, int], tuple[Line, ...]] = {}
        self._rules = [
            Rule("any", word, seeded=True, id=n) for n, word in enumerate(("vault", "keychain"), 1)
        ]

    def grow(self, *what: str) -> None:
        """The memory grows newer, as after a commit."""
        with self._changed:
            self._generation += 1
            self._what.extend((self._generation, one) for one in what)
            self._changed.notify_all()

    def forget_quietly(self, id: int) -> None:
        """A moment is gone, as if another client had forgotten it."""
        del self._moments[id]

    def without_picture(self, id: int, faded: Literal["", "thumbnail", "text"] = "") -> Moment:
        """A moment becomes one of text alone, or of what is left when it has faded."""
        moment, scene, step = self._moments[id]
        self._moments[id] = (replace(moment, picture=faded == "thumbnail", faded=faded), scene, step)
        self.without.add(id)
        return self._moments[id][0]

    def become(self, other: Invented) -> None:
        """Holds what another one holds, as after a while of recording."""
        self._moments, self._episodes, self._gaps = other._moments, other._episodes, other._gaps
        self.grow("frames", "moments", "knowledge")

    def _drawn(self, id: int, width: int) -> bytes:
        """The picture of a moment; a scene looks the same whenever it is on the screen."""
        _, scene, step = self._held(id)
        key = (scene.title, min(step, len(scene.lines)), width)
        with self._drawing:
            if key not in self._pictures:
                image = draw(scene, step)
                smooth = Qt.TransformationMode.SmoothTransformation
                self._pictures[key] = webp(image if width == WIDTH else image.scaledToWidth(width, smooth))
            return self._pictures[key]

    def _lines(self, scene: Scene, step: int) -> tuple[Line, ...]:
        key = (scene.title, step)
        if key not in self._said:
            self._said[key] = lines(scene, step)
        return self._said[key]

    def _held(self, id: int) -> Held:
        if id not in self._moments:
            raise NotFound(what="moment", id=id)
        return self._moments[id]


class FakeFacts(Invented):
    """The verbs about facts."""

    def facts(self) -> tuple[Fact, ...]:
        if not self._moments:
            return ()
        found = facts(self._moments, self.now)
        return tuple(self._ruled.get(fact.id, fact) for fact in found if fact.id not in self._deleted)

    def facts_about(self, words: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts() if words.casefold() in fact.statement.casefold())

    def confirm_fact(self, id: int) -> None:
        self._ruled[id] = replace(self._fact(id), state="confirmed", confidence=1.0)
        self.called.append(f"confirm {id}")
        self.grow("knowledge")

    def correct_fact(self, id: int, value: str) -> None:
        self._ruled[id] = replace(self._fact(id), state="corrected", value=value, confidence=1.0)
        self.called.append(f"correct {id} {value}")
        self.grow("knowledge")

    def delete_fact(self, id: int) -> None:
        self._fact(id)
        self._deleted.add(id)
        self.called.append(f"delete {id}")
        self.grow("knowledge")

    def _fact(self, id: int) -> Fact:
        for fact in self.facts():
            if fact.id == id:
                return fact
        raise NotFound(what="fact", id=id)


class FakeMemory(FakeFacts):
    """Implements `memory.api.Memory` in this process; `days` 0 makes an empty one."""

    def status(self) -> Status:
        if self.locked is not None:
            raise self.locked
        return Status(
            frames=len(self._moments) * 6,
            moments=len(self._moments),
            episodes=len(self._episodes),
            facts=len(self.facts()),
            pending=0,
            unsettled=0,
            failed=0,
            bytes={"pictures": 41_300_000, "ledger": 6_200_000},
            processes={"recorder": "running", "reader": "resting"},
            recording=self.recording,
            paused_until=self.paused_until,
            search="chroma",
            encoders={"passage": "minilm"},
            last_settled=self.now,
        )

    def search(self, query: Query) -> Found:
        self.called.append(f"search {query.text}")
        asked = _gone(query.text).split()
        scored = []
        for moment, scene, step in self._moments.values():
            said = [line.text for line in self._lines(scene, step)]
            best = max(said, key=lambda line: sum(word in _gone(line) for word in asked))
            score = sum(word in _gone(best) for word in asked) + (moment.app.casefold() in asked) * 0.5
            if asked and score >= max(1.0, len(asked) / 3):
                scored.append((score, moment, best))
        scored.sort(key=lambda one: (-one[0], -one[1].start.timestamp()))
        results: dict[str, Result] = {}
        for score, moment, best in scored:
            if moment.title in results:
                old = results[moment.title]
                results[moment.title] = replace(old, also=(*old.also, moment.id))
            elif len(results) < query.limit:
                why = (
                    {"words": 0.6, "meaning": 0.3}
                    if len(results) % 2 == 0
                    else {"meaning": 0.5, "words": 0.1}
                )
                results[moment.title] = Result(moment, best, (), score / (len(asked) or 1), why)
        return Found(query, Understood(text=query.text), tuple(results.values()))

    def answered(self, question: Question) -> Answer:
        if self.locked is not None:
            raise self.locked
        if self.broken:
            raise StoreTrouble(reason="the disk is gone")
        self.called.append(f"ask {question.text}")
        little = {
            "what",
            "is",
            "the",
            "of",
            "when",
            "does",
            "who",
            "how",
            "much",
            "a",
            "on",
            "did",
            "was",
            "for",
        }
        kept = [word for word in _gone(question.text).split() if word not in little]
        found = self.search(Query(" ".join(kept), question.at))
        self.called.pop()
        start = question.at.replace(hour=0, minute=0, second=0, microsecond=0)
        meant = Understood(" ".join(kept), since=start - timedelta(days=5), until=start + timedelta(days=1))
        if not found.results or found.results[0].score < 0.6:
            text = (
                "Nothing in the last six days answers that. It may have been before recording, or excluded."
            )
            return Answer(question, meant, False, text, 0.0, (), found.results[:3])
        citations = []
        for n, result in enumerate(found.results[:3], 1):
            said = self.moment(result.moment.id).lines
            boxes = tuple(line.box for line in said if line.text == result.snippet)
            citations.append(Citation(n, result.moment, result.snippet, boxes))
        return Answer(question, meant, True, citations[0].quote, 0.86, tuple(citations), found.results[:3])

    def timeline(self, since: datetime | None, until: datetime | None) -> Timeline:
        if self.broken:
            raise StoreTrouble(reason="the disk is gone")

        def touches(start: datetime, end: datetime) -> bool:
            return (since is None or end >= since) and (until is None or start <= until)

        moments = [moment for moment, _, _ in self._moments.values() if touches(moment.start, moment.end)]
        gaps = [gap for gap in self._gaps if touches(gap.start, gap.end)]
        return Timeline(tuple(moments), tuple(sorted(gaps, key=lambda gap: gap.start)))

    def days(self) -> dict[str, int]:
        counted: dict[str, int] = {}
        for moment, _, _ in self._moments.values():
            day = moment.start.date().isoformat()
            counted[day] = counted.get(day, 0) + 1
        return counted

    def moment(self, id: int) -> MomentWhole:
        moment, scene, step = self._held(id)
        window = Window(scene.app, scene.title, 60, 56, 1160, 700, 0)
        return MomentWhole(moment, self._lines(scene, step), (window,), WIDTH, HEIGHT)

    def picture(self, id: int) -> bytes:
        if id in self.without:
            raise NotFound(what="picture of moment", id=id)
        return self._drawn(id, WIDTH)

    def thumbnail(self, id: int) -> bytes:
        return self._drawn(id, SMALL)

    def episodes(self, since: datetime | None, until: datetime | None) -> tuple[Episode, ...]:
        return tuple(
            episode
            for episode in self._episodes
            if (since is None or episode.spans[-1][1] >= since)
            and (until is None or episode.spans[0][0] <= until)
        )

    def forget(self, what: What, dry_run: bool) -> Forgotten:
        gone = [
            moment
            for moment, _, _ in self._moments.values()
            if moment.id in what.moments
            or (what.since and what.until and what.since <= moment.start <= what.until)
            or (what.app and moment.app == what.app)
        ]
        if not dry_run:
            self.called.append(f"forget {[moment.id for moment in gone]}")
            for moment in gone:
                del self._moments[moment.id]
            self.grow("moments")
        return Forgotten(tuple(gone), dry_run)

    def fade(self, dry_run: bool) -> Faded:
        return Faded((), {"pinned": len(self.pinned)} if self.pinned else {}, 47_500_000, 0, dry_run)

    def pin(self, ids: tuple[int, ...]) -> None:
        self.pinned.update(self._held(id)[0].id for id in ids)

    def unpin(self, ids: tuple[int, ...]) -> None:
        self.pinned.difference_update(self._held(id)[0].id for id in ids)

    def consolidate(self, dry_run: bool) -> Settled:
        return Settled(
            len(self._moments), len(self._moments), len(self._episodes), len(self.facts()), dry_run
        )

    def settle(self, seconds: float) -> Settled:
        return self.consolidate(dry_run=False)

    def rebuild_index(self) -> dict[str, int]:
        return {"passage": 0, "picture": 0}

    def wait_searchable(self, seconds: float) -> int:
        return 0

    def wait_seen(self, seconds: float) -> int:
        return 0

    def consent(self) -> None:
        self.called.append("consent")
        self.recording = "on"
        self.grow("recording")

    def pause(self, until: datetime | None) -> None:
        self.called.append("pause")
        self.recording, self.paused_until = "paused until resumed", until
        self.grow("recording")

    def resume(self) -> None:
        self.called.append("resume")
        self.recording, self.paused_until = "on", None
        self.grow("recording")

    def rules(self) -> tuple[Rule, ...]:
        return tuple(self._rules)

    def add_rule(self, rule: Rule) -> Rule:
        made = replace(rule, id=len(self._rules) + 100)
        self._rules.append(made)
        return made

    def remove_rule(self, id: int) -> None:
        self._rules = [rule for rule in self._rules if rule.id != id]

    def changes(self, since: int, seconds: float) -> Changes:
        self.polled += 1
        if self.refuse is not None:
            raise self.refuse
        with self._changed:
            self._changed.wait_for(lambda: self._generation > since, timeout=seconds)
            what = dict.fromkeys(one for generation, one in self._what if generation > since)
            return Changes(self._generation, tuple(what))  # type: ignore[arg-type]

    def lock(self) -> None:
        self.called.append("lock")

    def unlock(self, master: bytes) -> None:
        self.called.append("unlock")


class FakeSetup:
    """Implements `ui.setup.Setup` in this process; `taken` keeps what it was told."""

    def __init__(self, state: str = "new") -> None:
        self._state = state
        self.taken: list[tuple[str, str]] = []
        self.refuse = False

    def state(self) -> str:
        return self._state

    def kinds(self) -> tuple[str, ...]:
        return ("keyring", "passphrase", "file")

    def create(self, kind: str, passphrase: str) -> None:
        if self.refuse:
            raise NoKeyring(reason="it is not running")
        self.taken.append((kind, passphrase))
        self._state = "ready"

    def unlock(self, passphrase: str) -> None:
        if self.refuse:
            raise WrongKey(slot="passphrase")
        self.taken.append(("unlock", passphrase))
        self._state = "ready"

    def seeded_rules(self) -> tuple[Rule, ...]:
        words = ("vault", "keychain", "password manager", "private browsing", "online banking")
        return tuple(Rule("any", word, seeded=True) for word in words)
