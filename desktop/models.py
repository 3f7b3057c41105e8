"""The command `models`: the open_clip models that can be fetched, fetching one by consent, removing it."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path

from desktop import catalogue, fetching, paths, render
from desktop.catalogue import Model
from desktop.progress import Progress
from desktop.settings import Settings
from memory.errors import BadRequest, StoreTrouble

NAMED = {
    "model": "perceive.clip_model",
    "weights": "perceive.clip_weights",
    "encoder": "perceive.picture_model",
}
MB = 1_000_000


def models(options: Namespace) -> int:
    """`onceseen models`: all of them, or with --fetch or --remove one; needs no key and no memory."""
    return of(catalogue.declared(), options)


def of(known: dict[str, Model], options: Namespace) -> int:
    """The command over these models; raises BadRequest, NoFetch, StoreTrouble."""
    for name in (options.fetch, options.remove):
        if name is not None and name not in known:
            raise BadRequest(reason=f"there is no model {name}; `onceseen models` lists all")
    if options.fetch is not None:
        return _fetch(known[options.fetch], options)
    if options.remove is not None:
        return _remove(known[options.remove], options)
    return _list(known, options)


def _list(known: dict[str, Model], options: Namespace) -> int:
    in_use = _in_use(Settings(paths.settings(options.profile)))
    rows = [(model, _state(model), in_use == paths.fetched() / model.file) for model in known.values()]
    documents = [
        {
            "name": model.name,
            "model": model.model,
            "tag": model.tag,
            "licence": model.licence,
            "licence_url": model.licence_url,
            "host": model.host,
            "url": model.url,
            "bytes": model.bytes,
            "dimension": model.dimension,
            "pixels": model.pixels,
            "state": state,
            "in_use": used,
        }
        for model, state, used in rows
    ]
    lines = [f"{_line(model)}, {_told(state, used)}\n  {model.help}" for model, state, used in rows]
    if in_use and not any(used for _, _, used in rows):
        lines.append(f"In use: {in_use}, a file of your own.")
    return render.say(options, {"models": documents, "weights": str(in_use or "")}, "\n".join(lines))


def _line(model: Model) -> str:
    size = f"{model.bytes / MB:.0f} MB"
    return f"{model.name}: {size} from {model.host}, licence {model.licence} ({model.licence_url})"


def _state(model: Model) -> str:
    """absent, begun, or here: what is here by its name was checked when it got it."""
    here = paths.fetched() / model.file
    if here.exists() and here.stat().st_size == model.bytes:
        return "here"
    return "begun" if fetching.unfinished(paths.fetched(), model).exists() else "absent"


def _told(state: str, used: bool) -> str:
    """Another memory's `--remove` takes the file from this one as well."""
    if not used:
        return state
    return "in use" if state == "here" else f"in use, but {state}: fetch it, or remove it here too"


def _in_use(settings: Settings) -> Path | None:
    """The weights that pictures are seen with."""
    weights = str(settings.get(NAMED["weights"]))
    return Path(weights).expanduser() if weights and settings.get(NAMED["encoder"]) == "open_clip" else None


def _fetch(model: Model, options: Namespace) -> int:
    weights = paths.fetched() / model.file
    if _state(model) != "here":
        _consent(model, options)
        progress = Progress(options.progress, "MB", MB)
        try:
            fetching.fetch(model, paths.fetched(), partial(progress.show, "fetched"))
        except KeyboardInterrupt:
            print(
                "\nStopped. What has arrived stays, and the same command goes on from there.", file=sys.stderr
            )
            raise
        finally:
            progress.end()
    used = paths.is_memory(options.profile)
    if used:
        settings = Settings(paths.settings(options.profile))
        settings.set(NAMED["model"], model.model)
        settings.set(NAMED["weights"], str(weights))
        settings.set(NAMED["encoder"], "open_clip")
        told = "It is used from the next start on at the latest; perceive.picture_model changes that."
    else:
        told = f"There is no memory at {options.profile} yet; when there is, the same command uses it there."
    document = {"name": model.name, "weights": str(weights), "in_use": used}
    return render.say(options, document, f"{model.name} is at {weights}. {told}")


def _consent(model: Model, options: Namespace) -> None:
    """The only yes to anything that leaves this machine: a request for one public file."""
    if not options.yes or options.progress != "json":
        print(f"{_line(model)}\n{model.url}\n{model.help}", file=sys.stderr)
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise BadRequest(reason="fetching goes over the network; add --yes to do it")
    print("Fetch it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise BadRequest(reason="it was not confirmed; nothing was fetched")


def _remove(model: Model, options: Namespace) -> int:
    settings = Settings(paths.settings(options.profile))
    used = _in_use(settings) == paths.fetched() / model.file
    if used:
        # First: without its file open_clip would be absent, and pictures would get no vectors.
        for name in NAMED.values():
            settings.set(name, str(settings.declaration(name).default))
    try:
        there = fetching.remove(paths.fetched(), model)
    except OSError as error:
        raise StoreTrouble(reason=error.strerror or error) from None
    told = [
        f"{model.name} is removed; another memory may have used it."
        if there
        else f"{model.name} was not here."
    ]
    if used:
        told.append("Here pictures are seen with the packaged network from the next start on at the latest.")
    return render.say(options, {"removed": model.name, "was_here": there, "was_in_use": used}, " ".join(told))
