"""Answers: from a question to evidence, from evidence to at most 300 characters with checked citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from memory.ledger import moments
from memory.ledger.connection import Db
from memory.recall.answering import timed
from memory.recall.answering.believed import believed, told_from
from memory.recall.answering.compose import content, meant
from memory.recall.answering.draft import Draft
from memory.recall.answering.evidence import Asked, Place, Support, gather
from memory.recall.answering.known import Known
from memory.recall.answering.missing import nothing_then, why_missing
from memory.recall.checking.check import checked
from memory.recall.language.words import is_stop, tokens
from memory.recall.retrieval.looking import SECOND_LOOK, look_again
from memory.recall.retrieval.meaning import Meaning
from memory.recall.retrieval.meant import understood_of
from memory.recall.retrieval.rank import order, reach, score
from memory.recall.retrieval.retrieve import Spoken, retrieve, speak_of
from memory.recall.retrieval.search import results
from memory.recall.retrieval.snippet import snippet
from memory.recall.retrieval.terms import weigh
from memory.recall.understanding.wanted import wanted
from memory.records import Answer, Grade, Moment, Query, Question, Understood

SURE = 0.47
"""Below this confidence the answer is "not found": right answers and right silence together are the most."""

TRIES = 3
"""Blocks that are quoted in turn until the check lets one through."""

PARTICULAR = ("when", "where", "who", "why", "how much", "how many", "how long", "application")
"""Kinds of question to which what was seen then is no answer."""


def answer(db: Db, meaning: Meaning, question: Question, spoken: Spoken | None = None) -> Answer:
    """What the memory says about a question; not found where nothing says it, or a citation does not hold.

    What a chat has `spoken` of is a candidate and weighs more, or was told and is wanted no more.
    """
    understood = understood_of(db, meaning, question)
    query = Query(question.text, question.at)
    terms = weigh(db, understood, question.text)
    found = retrieve(db, meaning, query, understood, terms)
    if spoken is not None:
        speak_of(found, spoken)
    looked = look_again(db, meaning, found, understood, terms)
    texts = looked.texts
    best = order(found, understood)[:SECOND_LOOK]
    timed_at_all = understood.since is not None or understood.until is not None
    whole_score = reach(found.values())
    places = {
        id: Place(
            min(1.0, score(found[id], understood) / whole_score), found[id].time if timed_at_all else 1.0
        )
        for id in best
    }
    asked = Asked(question.text, terms, wanted(question.text, understood.kind))
    whole = moments.many(db, best)
    # Words like "what was the" stand everywhere: a line that has them tells nothing.
    tells = not all(map(is_stop, tokens(understood.text)))
    supports = believed(asked, gather(asked, places, whole, texts), whole, texts) if tells else []
    ranked = [whole[id] for id in best if id in whole]
    sure = meant(asked, supports[0]) if supports else 0.0
    again = partial(_again, db, meaning, question, understood)
    known = Known(db, question, understood, ranked, supports, again, sure)
    draft = timed.draft(known)
    if draft is None:
        draft = content(asked, understood.kind, supports)
    unsure = draft is None or draft.confidence < SURE
    if unsure and not (tells and terms.known() >= 0.5) and understood.kind not in PARTICULAR:
        draft = timed.seen_then(known) or draft
    if draft is not None and draft.confidence >= SURE and not nothing_then(db, question, understood):
        said = _proven(db, question, understood, _in_turn(draft, asked, understood, supports))
        if said is not None:
            return replace(said, deep=looked.deep)
    nearest = tuple(
        replace(near, snippet=snippet(told_from(texts.get(near.moment.id, ())), terms) or near.moment.title)
        for near in results(db, found, understood, terms, texts, 3)
    )
    why = why_missing(db, question, understood, terms, nearest)
    if draft is not None and draft.nothing is not None and why.why == "not found":
        why = draft.nothing
    sure = draft.confidence if draft is not None else 0.0
    return Answer(question, understood, False, why.text, sure, (), nearest, missing=why.why, deep=looked.deep)


def _in_turn(
    draft: Draft, asked: Asked, understood: Understood, supports: Sequence[Support]
) -> Iterator[Draft]:
    """A draft; without one of what stands beside the first; that alone; what the next blocks say."""
    yield draft
    if draft.apart:
        yield from (
            replace(draft, claims=(*draft.claims[:n], *draft.claims[n + 1 :]))
            for n in range(1, len(draft.claims))
        )
    yield replace(draft, claims=draft.claims[:1])
    if draft == content(asked, understood.kind, supports):
        rest = (content(asked, understood.kind, supports[n:]) for n in range(1, min(len(supports), TRIES)))
        yield from (other for other in rest if other and other.confidence >= SURE)


def _proven(db: Db, question: Question, understood: Understood, drafts: Iterable[Draft]) -> Answer | None:
    """An answer out of the first of the drafts that holds, not graded yet unless it is inferred."""
    span = understood.since, understood.until
    for draft in drafts:
        text, citations = draft.written()
        held = checked(db, text, citations, question.text, span)
        if held is not None:
            grade: Grade = "inferred" if draft.inferred else ""
            return Answer(question, understood, True, text, draft.confidence, held, (), grade)
    return None


def _again(db: Db, meaning: Meaning, question: Question, understood: Understood, text: str) -> list[Moment]:
    """The best moments for a part of the question, within the span that the whole names."""
    part = understood_of(db, meaning, Query(text, question.at))
    if part.since is None and part.until is None:
        part = replace(part, since=understood.since, until=understood.until)
    terms = weigh(db, part, text)
    found = retrieve(db, meaning, Query(text, question.at), part, terms)
    look_again(db, meaning, found, part, terms)
    best = order(found, part)[:10]
    whole = moments.many(db, best)
    return [whole[id] for id in best if id in whole]
