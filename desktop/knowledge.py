"""The command about what is known, `facts`: all of it, what is about some words, and the user's say on it."""

from __future__ import annotations

from argparse import Namespace

from desktop import opening, render
from memory.api import Door
from memory.errors import BadRequest
from memory.records import Fact


def facts(options: Namespace) -> int:
    """`onceseen facts`: what holds beyond one episode; confirms, corrects or deletes a fact."""
    with opening.door(options) as door:
        found = _chosen(door, options)
    return render.say(
        options,
        {"facts": [render.fact(fact) for fact in found]},
        render.lines(found, render.fact_line, _nothing(options)),
    )


def _chosen(door: Door, options: Namespace) -> tuple[Fact, ...]:
    """The facts that are shown: all, those about some words, or the one that the user said something of."""
    if options.about is not None:
        return door.facts_about(options.about)
    if options.delete is not None:
        door.delete_fact(options.delete)
        return ()
    if options.confirm is None and options.correct is None:
        return door.facts()
    if options.confirm is not None:
        id = options.confirm
        door.confirm_fact(id)
    else:
        id = _number(options.correct[0])
        door.correct_fact(id, options.correct[1])
    return tuple(fact for fact in door.facts() if fact.id == id)


def _nothing(options: Namespace) -> str:
    """What is said where no fact is shown."""
    if options.delete is not None:
        return "It is gone, and is not inferred again."
    if options.about is not None:
        return "Nothing is known about that."
    if options.confirm is not None or options.correct is not None:
        return "It is noted; the fact became one with another of the same value."
    return "Nothing is settled yet."


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadRequest(reason=f"{text} is no fact's number") from None
