"""The commands about what is kept: fade, and pin, which keeps moments from it."""

from __future__ import annotations

from argparse import Namespace

from desktop import opening, render
from memory.records import Faded, FadedForm

FORMS = {"thumbnail": "thumbnails", "text": "text alone", "gist": "the gist of their episode"}


def fade(options: Namespace) -> int:
    """`onceseen fade`: lets go what the limits in the settings leave no room for."""
    with opening.door(options, work=True) as door:
        value = door.fade(options.dry_run)
    return render.say(options, document(value), text(value))


def pin(options: Namespace) -> int:
    """`onceseen pin`: keeps moments from fading, or no longer."""
    ids = tuple(options.ids)
    with opening.door(options, work=True) as door:
        if options.remove:
            door.unpin(ids)
        else:
            door.pin(ids)
    said = "may fade again" if options.remove else "are pinned: they never fade"
    return render.say(
        options, {"moments": list(ids), "pinned": not options.remove}, f"{len(ids)} moments {said}."
    )


def document(value: Faded) -> render.Json:
    """What faded, as JSON: `faded` by the form that moments came to, with about the bytes it frees."""
    return {
        "faded": [
            {"form": one.form, "moments": one.moments, "bytes": one.bytes, "oldest": render.iso(one.oldest)}
            for one in value.forms
        ],
        "spared": value.spared,
        "bytes": value.bytes,
        "limit": value.limit,
        "over": value.over,
        "finished": value.finished,
        "dry_run": value.dry_run,
    }


def text(value: Faded) -> str:
    """The same for people."""
    lines = [_line(one, value.dry_run) for one in value.forms] or ["Nothing is to fade."]
    lines += [f"{count} moments stay: {why}." for why, count in value.spared.items()]
    limit = f" of at most {_megabytes(value.limit)}" if value.limit else ", without a limit"
    lines.append(f"The memory takes {_megabytes(value.bytes)}{limit}.")
    if value.over:
        lines.append(f"That is {_megabytes(value.over)} too much, and all that may fade has faded.")
    if not value.finished:
        lines.append("It was interrupted; the next time goes on from there.")
    return "\n".join(lines)


def _line(one: FadedForm, dry_run: bool) -> str:
    what = "would fade" if dry_run else "faded"
    rest = f"about {_megabytes(one.bytes)}, the oldest of {one.oldest:%Y-%m-%d}"
    return f"{one.moments} moments {what} to {FORMS[one.form]}: {rest}."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
