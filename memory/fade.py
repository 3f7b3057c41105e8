"""Fading: moments come down from picture to thumbnail, text and gist, the weakest first, within limits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from memory.consolidate import fading as planning
from memory.consolidate.fading import FORMS, Holding, Step
from memory.index.client import Index
from memory.ledger import fading
from memory.ledger.connection import Db, Ledger
from memory.ledger.fading import PictureRow
from memory.pictures import Pictures, Place
from memory.ports import Reader
from memory.records import Faded, FadedForm, Form, Layer, Limits, Trace
from memory.resting import take_from_under

ROOM = 0.95
"""Of the limit: what a day brings has room until the next night."""

ROUNDS = 5
"""What is freed is estimated: so often it is measured and gone on."""

AT_ONCE = 200
"""Moments that lose a form in one transaction."""

WEIGHED = 2_000
"""Moments whose words are weighed in one run: about a second."""

COMMON = 32
"""Moments in which a word stands that is not rare."""

OF_GIST, OF_TEXT = 10_000, 0.3
"""Bytes of the ledger that a moment without its text still takes (measured), and the share of it that is text
at the least. To guess too much a moment is mended in the next round, too little is not."""

GoesOn = Callable[[], bool]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stores:
    """Where memory lies; without the `reader` a picture stays until nothing rests on it any more."""

    ledger: Ledger
    pictures: Pictures
    index: Index
    reader: Reader | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What is there: the traces of all moments, what each holds, where its pictures lie, bytes in all."""

    traces: tuple[Trace, ...]
    holdings: dict[int, Holding]
    rows: Mapping[int, tuple[PictureRow, ...]]
    bytes: int


def fade(stores: Stores, limits: Limits, now: datetime, dry_run: bool, goes_on: GoesOn) -> Faded:
    """Lets go what the limits do not leave room for; with `dry_run` only tells what that is.

    It is asked whether it `goes_on` after each batch: what was done stands, and the next run goes on from
    there. The rows go first: a crash leaves a file that is swept at the next start.
    """
    if not dry_run:
        _weigh(stores.ledger, limits)
    done: dict[int, Step] = {}
    first = survey = _survey(stores)
    finished = True
    for _ in range(ROUNDS):
        steps = _plan(stores, survey, limits, now)
        if dry_run or not steps:
            done = {step.moment: step for step in steps} | done
            break
        went, finished = _let_go(stores, survey, steps, goes_on)
        if any(step.form == "gist" for step in went):
            stores.ledger.scrub()
        for step in went:
            done[step.moment] = step._replace(bytes=step.bytes + _bytes(done.get(step.moment)))
        survey = _survey(stores)
        if not went or not finished:
            break
    return Faded(
        forms=tuple(_forms(done.values(), first.traces, now)),
        spared=_spared(survey.traces),
        bytes=survey.bytes,
        limit=limits.size,
        dry_run=dry_run,
        finished=finished,
        over=max(survey.bytes - limits.size, 0) if limits.size and not dry_run else 0,
    )


# ------------------------------------------------------------------ looking


def _survey(stores: Stores) -> Survey:
    sizes = stores.pictures.sizes()
    with stores.ledger.reading() as db:
        traces, rows = fading.traces(db), fading.pictures(db)
    used = stores.ledger.used()
    texts = sum(trace.form != "gist" for trace in traces)
    text = round(max(used - OF_GIST * len(traces), OF_TEXT * used) / max(texts, 1))
    holdings = {
        trace.moment: _holding(rows.get(trace.moment, ()), sizes, text if trace.form != "gist" else 0)
        for trace in traces
    }
    return Survey(traces, holdings, rows, used + sum(map(sum, sizes.values())))


def _holding(rows: Sequence[PictureRow], sizes: Mapping[Place, tuple[int, int]], text: int) -> Holding:
    layers = tuple(
        Layer(row.frame, row.base, sizes.get(row.place, (0, 0))[0]) for row in rows if not row.faded
    )
    return Holding(layers, sum(sizes.get(row.place, (0, 0))[1] for row in rows), text)


def _plan(stores: Stores, survey: Survey, limits: Limits, now: datetime) -> tuple[Step, ...]:
    to_free = survey.bytes - math.floor(limits.size * ROOM) if limits.size else 0
    if to_free <= 0 and not limits.picture_days and not limits.text_days:
        return ()
    moves = stores.reader is not None
    return planning.plan(survey.traces, survey.holdings, _days(now), limits, max(to_free, 0), moves)


def _weigh(ledger: Ledger, limits: Limits) -> None:
    """Looks up how rare the words of moments are, where a limit will need it: some at a time, once."""
    if not limits.size:
        return
    with ledger.reading() as db:
        said = fading.unweighed(db, WEIGHED)
        found = {moment: _rarity(db, text) for moment, text in said.items()}
    if found:
        with ledger.writing() as db:
            fading.keep_rarities(db, found)


def _rarity(db: Db, text: str) -> float:
    counts = [fading.known_in(db, word, COMMON) for word in planning.telling(text)]
    return planning.rarity(counts, COMMON)


# ------------------------------------------------------------------ letting go


def _let_go(
    stores: Stores, survey: Survey, steps: Sequence[Step], goes_on: GoesOn
) -> tuple[list[Step], bool]:
    """The steps that were taken, each to the form that it came to, and whether nothing interrupted it."""
    wanted = {step.moment: step for step in steps}
    has = {trace.moment: trace.form for trace in survey.traces if trace.moment in wanted}
    taken: dict[int, Step] = {}
    for form in FORMS[1:]:
        above = FORMS[FORMS.index(form) - 1]
        due = [
            moment
            for moment, step in wanted.items()
            if has[moment] == above and FORMS.index(step.form) >= FORMS.index(form)
        ]
        for batch in _batches(due, survey.rows, form):
            if not goes_on():
                return list(taken.values()), False
            for moment in _let_batch_go(stores, batch, form):
                has[moment] = form
                taken[moment] = wanted[moment]._replace(form=form)
    return list(taken.values()), True


def _batches(
    due: Sequence[int], rows: Mapping[int, tuple[PictureRow, ...]], form: Form
) -> Iterator[Sequence[int]]:
    """Pictures day by day, for they rest on those of their day; the rest some at a time."""
    if form == "thumbnail":
        days: dict[str, list[int]] = defaultdict(list)
        for moment in due:
            days[rows[moment][0].place[0]].append(moment)
        yield from (days[day] for day in sorted(days))
        return
    yield from (due[n : n + AT_ONCE] for n in range(0, len(due), AT_ONCE))


def _let_batch_go(stores: Stores, batch: Sequence[int], form: Form) -> tuple[int, ...]:
    """Those of a batch that came down to the form."""
    if form == "thumbnail" and stores.reader:
        take_from_under(stores.ledger, stores.pictures, stores.reader, batch)
    with stores.ledger.writing() as db:
        gone = fading.free_to_go(db, batch)
        let = fading.fade(db, gone, form)
    stores.index.drop("passage", let.passages)
    stores.index.drop("picture", let.parts)
    for place in let.halves:
        stores.pictures.remove_picture(*place)
    for place in let.pictures:
        stores.pictures.remove(*place)
    return gone


# ------------------------------------------------------------------ telling


def _forms(steps: Iterable[Step], traces: Iterable[Trace], now: datetime) -> Iterator[FadedForm]:
    ends = {trace.moment: trace.at for trace in traces}
    for form in FORMS[1:]:
        these = [step for step in steps if step.form == form]
        if these:
            oldest = min(ends[step.moment] for step in these)
            at = (EPOCH + timedelta(days=oldest)).astimezone(now.tzinfo)
            yield FadedForm(form, len(these), sum(step.bytes for step in these), at)


def _spared(traces: Iterable[Trace]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for trace in traces:
        if trace.spared:
            counts[trace.spared] = counts.get(trace.spared, 0) + 1
    return counts


def _bytes(step: Step | None) -> int:
    return step.bytes if step else 0


def _days(at: datetime) -> float:
    return (at - EPOCH) / timedelta(days=1)
