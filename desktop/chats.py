"""The command threads: chats listed, read and forgotten."""

from __future__ import annotations

from argparse import Namespace

from desktop import opening, render
from memory.errors import NotFound, WrongUse
from memory.records import Thread, Turn


def threads(options: Namespace) -> int:
    """`onceseen threads`: all chats, one of them, or without it."""
    if options.thread is None:
        if options.forget:
            raise WrongUse(reason="--forget takes the name of a thread")
        return _all(options)
    return _without(options) if options.forget else _one(options)


def _all(options: Namespace) -> int:
    with opening.door(options) as door:
        found = door.threads()
    return render.say(
        options,
        {"threads": [_thread(one) for one in found]},
        render.lines(found, _line, "There are no threads; `onceseen ask --thread NAME` begins one."),
    )


def _one(options: Namespace) -> int:
    with opening.door(options) as door:
        found = door.turns(options.thread)
    if not found:
        raise NotFound(what="thread", id=options.thread)
    return render.say(
        options,
        {"thread": options.thread, "turns": [_turn(one) for one in found]},
        "\n".join(_text(one) for one in found),
    )


def _without(options: Namespace) -> int:
    with opening.door(options, work=True) as door:
        door.forget_thread(options.thread)
    return render.say(options, {"thread": options.thread, "forgotten": True}, "The thread is forgotten.")


def _thread(value: Thread) -> render.Json:
    return {
        "thread": value.id,
        "turns": value.turns,
        "first": value.first,
        "asked": render.iso(value.asked),
    }


def _line(value: Thread) -> str:
    return f"{value.asked:%Y-%m-%d %H:%M}  {value.id}  [{value.turns}]  {value.first}"


def _turn(value: Turn) -> render.Json:
    """An answer as `ask` gives it, but for what was nearest, which is not kept."""
    document = render.answer(value.answer)
    del document["nearest"]
    return {"turn": value.id, "asked": render.iso(value.answer.question.at)} | document


def _text(value: Turn) -> str:
    asked = value.answer.question
    return f"{asked.at:%Y-%m-%d %H:%M}  {asked.text}\n{render.answer_text(value.answer)}"
