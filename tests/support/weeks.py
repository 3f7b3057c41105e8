"""An invented week: which moments, episodes, gaps and facts the fake memory holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from memory.records import Episode, Evidence, Fact, Gap, Moment
from tests.support.scenes import SCENES
from tests.support.screens import Scene

Held = tuple[Moment, Scene, int]

# (hour it begins at, scene, minutes, moments): a working day; each day leaves another part of it out.
PLAN: tuple[tuple[float, int, int, int], ...] = (
    (8.4, 0, 14, 5),
    (8.7, 8, 8, 3),
    (9.0, 3, 52, 11),
    (9.9, 4, 16, 6),
    (10.3, 9, 18, 4),
    (10.7, 3, 34, 8),
    (11.4, 5, 12, 4),
    (13.1, 1, 38, 8),
    (13.8, 6, 22, 5),
    (14.3, 2, 12, 3),
    (14.6, 10, 44, 9),
    (15.5, 7, 14, 3),
    (15.9, 4, 26, 7),
    (16.4, 0, 14, 4),
)


class Week:
    """Days up to `now`, each with another part of the plan."""

    def __init__(self, now: datetime, days: int) -> None:
        self.now = now
        self.moments: dict[int, Held] = {}
        self.episodes: list[Episode] = []
        self.gaps: list[Gap] = []
        for back in range(days - 1, -1, -1):
            self._day(now - timedelta(days=back), back)
        self._add_gaps(days)

    def _day(self, day: datetime, back: int) -> None:
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        for n, (hour, scene_number, minutes, moments) in enumerate(PLAN):
            if (n + back) % 5 == 4 and back:
                continue
            scene = SCENES[(scene_number + (back * 2 if n % 3 == 2 else 0)) % len(SCENES)]
            begins = midnight + timedelta(hours=hour, minutes=(back * 7) % 11)
            if begins + timedelta(minutes=minutes) > self.now + timedelta(minutes=1):
                minutes = max(4, int((self.now - begins).total_seconds() // 60))
            self._stretch(scene, begins, minutes, moments)

    def _stretch(self, scene: Scene, begins: datetime, minutes: int, moments: int) -> None:
        each = timedelta(minutes=minutes) / moments
        ids = []
        for step in range(moments):
            number = len(self.moments) + 1
            start = begins + each * step
            moment = Moment(
                id=number,
                start=start,
                end=start + each * 0.94,
                monitor=0,
                app=scene.app,
                title=scene.title,
                url=scene.url,
                frames=6,
                picture=True,
            )
            self.moments[number] = (moment, scene, step)
            ids.append(number)
        self._join_episode(scene, begins, begins + each * moments, ids)

    def _join_episode(self, scene: Scene, start: datetime, end: datetime, ids: list[int]) -> None:
        """Resumed within the same day with the same topic: one episode with several spans."""
        for n, episode in enumerate(self.episodes):
            if episode.title == scene.topic and episode.spans[-1][0].date() == start.date():
                self.episodes[n] = replace(
                    episode,
                    spans=(*episode.spans, (start, end)),
                    moments=(*episode.moments, *ids),
                    apps=tuple(dict.fromkeys((*episode.apps, scene.app))),
                    key_moments=(*episode.key_moments, ids[len(ids) // 2])[:4],
                )
                return
        said = scene.lines[2] if len(scene.lines) > 2 else scene.lines[0]
        self.episodes.append(
            Episode(
                id=len(self.episodes) + 1,
                title=scene.topic,
                gist=f"{scene.title}: {said}",
                spans=((start, end),),
                level="episode",
                apps=(scene.app,),
                moments=tuple(ids),
                key_moments=(ids[len(ids) // 2],),
            )
        )

    def _add_gaps(self, days: int) -> None:
        for back in range(days):
            noon = (self.now - timedelta(days=back)).replace(hour=12, minute=0, second=0, microsecond=0)
            self.gaps.append(Gap(noon, noon + timedelta(minutes=58), "idle" if back % 2 else "paused"))
            morning = noon.replace(hour=11, minute=38)
            self.gaps.append(Gap(morning, morning + timedelta(minutes=14), "excluded"))


def facts(moments: dict[int, Held], now: datetime) -> tuple[Fact, ...]:
    """Four facts with evidence, one of which was replaced by a newer value."""
    said = (
        ("amount", "Harbour deposit", "is", "340 euros", 0, None),
        ("date", "Lantern walk", "takes place on", "Friday 27 November, 17:30", 0, None),
        ("amount", "Rent of the net shed", "is", "185 euros a month", 6, None),
        ("amount", "Rent of the net shed", "is", "170 euros a month", 6, 3),
        ("person", "Tomasz", "bakes", "four poppy seed cakes", 5, None),
        ("identifier", "Permit of the harbour office", "is", "HB-2281", 0, None),
    )
    made = []
    for n, (kind, subject, relation, value, scene, newer) in enumerate(said, 1):
        seen = [moment for moment, shown, _ in moments.values() if shown is SCENES[scene]][:3]
        evidence = tuple(Evidence(moment.id, value) for moment in seen)
        made.append(
            Fact(
                id=n,
                kind=kind,
                statement=f"{subject} {relation} {value}.",
                subject=subject,
                relation=relation,
                value=value,
                confidence=0.9 - n * 0.06,
                first_seen=now - timedelta(days=6 if newer else 4),
                last_seen=now - timedelta(days=5 if newer else n % 3, hours=n),
                superseded_by=newer,
                evidence=evidence,
            )
        )
    return tuple(made)
