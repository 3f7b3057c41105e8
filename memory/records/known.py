"""What is known beyond one episode: facts, the sightings they rest on, and what the user said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memory.records.made import Evidence

State = Literal["inferred", "confirmed", "corrected"]
Ruling = Literal["confirmed", "corrected", "deleted"]

Topic = tuple[str, str, str]
"""What facts are about, as compared: kind, thing, relation. Facts of one topic are inferred together."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A value seen in a moment, and of what.

    `thing`, `relation` and `value` are as they are compared; `subject`, `label`, `shown` and `said` (a
    clause) as they were read. `context` is the window, `place` whose it is (memory.trust); `stretch` the
    start of the span of activity it was seen in; `weight` (0 to 1) the confidence that one such sighting
    gives.
    """

    kind: str
    thing: str
    relation: str
    value: str
    moment: int
    line: int | None
    quote: str
    start: datetime
    end: datetime
    stretch: datetime
    context: str
    subject: str
    label: str
    shown: str
    said: str
    type: str
    weight: float
    place: str = ""

    @property
    def topic(self) -> Topic:
        return self.kind, self.thing, self.relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the user said of a value: that it is so, that it is `said` instead, or that it is to go."""

    topic: Topic
    value: str
    ruling: Ruling
    said: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds beyond one episode. `superseded_by` names the newer fact that replaced it.

    Valid is what was seen on screen: from the first sight to the first of the newer value (None: still).
    Known is when the ledger learnt it, and that it was replaced. `episodes` are those it was seen in;
    `linked` the facts seen in the same moments or episodes, where they were asked for, nearest first.
    `places` are those it was read in, one entry a place and day; `doubt` is the one
    that alone tells the value, where others tell another.
    """

    id: int
    kind: str
    statement: str
    subject: str
    relation: str
    value: str
    confidence: float
    first_seen: datetime
    last_seen: datetime
    superseded_by: int | None
    evidence: tuple[Evidence, ...]
    type: str = ""
    state: State = "inferred"
    valid_to: datetime | None = None
    known_from: datetime | None = None
    known_to: datetime | None = None
    episodes: tuple[int, ...] = ()
    linked: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def valid_from(self) -> datetime:
        return self.first_seen


@dataclass(frozen=True, slots=True)
class FactDraft:
    """A fact before it has an id; `superseded_by` is an index into the list that holds it.

    `evidence` is (moment, line id or None, quote). `topic` and `key` are what it is found again by: the topic
    and the value as they are compared.
    """

    kind: str
    statement: str
    subject: str
    relation: str
    value: str
    confidence: float
    first_seen: datetime
    last_seen: datetime
    superseded_by: int | None
    evidence: tuple[tuple[int, int | None, str], ...]
    type: str = ""
    state: State = "inferred"
    valid_to: datetime | None = None
    topic: Topic = ("", "", "")
    key: str = ""
