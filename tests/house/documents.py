"""The parts of the documents that are made from the code; `make documents` writes them into their places."""

from __future__ import annotations

import argparse
import ast
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop import cli
from desktop.settings import Setting, declared
from memory import errors
from memory.errors import OnceseenError
from tests.house.tree import ROOMS, ROOT, Module, modules

Parser = argparse.ArgumentParser

# ------------------------------------------------------------------ settings


def settings() -> Iterator[str]:
    """A row for each setting, in the order of desktop/settings.toml."""
    yield "| setting | default | can be | what it does |"
    yield "| --- | --- | --- | --- |"
    for setting in declared().values():
        yield f"| `{setting.name}` | {_default(setting)} | {_allowed(setting)} | {setting.help} |"


def _default(setting: Setting) -> str:
    if setting.default == "":
        return "nothing"
    return f"`{str(setting.default).lower() if isinstance(setting.default, bool) else setting.default}`"


def _allowed(setting: Setting) -> str:
    told = [f"`{value}`: {sentence}" for value, sentence in setting.choices.items()]
    return ";<br>".join(told) or setting.allowed


# ------------------------------------------------------------------ commands


def commands() -> Iterator[str]:
    """A row for each command with its options, in the order of `onceseen --help`."""
    yield "| command | does |"
    yield "| --- | --- |"
    yield from _rows(cli.parser(), "onceseen")


def _rows(parser: Parser, above: str) -> Iterator[str]:
    for act in parser._actions:
        if isinstance(act, argparse._SubParsersAction):
            sentences = {choice.dest: choice.help or "" for choice in act._choices_actions}
            for name, command in act.choices.items():
                # A bar ends a cell, in code as well.
                written = " ".join([above, name, *_words(command)]).replace("|", "\\|")
                yield f"| `{written}` | {sentences[name]} |"
                yield from _rows(command, f"{above} {name}")


def _words(command: Parser) -> Iterator[str]:
    for act in command._actions:
        named = next((name for name in act.option_strings if name.startswith("--")), "")
        if isinstance(act, argparse._SubParsersAction) or named in ("--help", "--json"):
            continue
        word = f"{named} {_value(act)}".strip() + ("..." if act.nargs == "+" else "")
        yield word if act.required else f"[{word}]"


def _value(act: argparse.Action) -> str:
    if act.nargs == 0:
        return ""
    if isinstance(act.metavar, tuple):
        return " ".join(act.metavar)
    return act.metavar or "{" + ",".join(map(str, act.choices or [act.dest])) + "}"


# ------------------------------------------------------------------ errors


def codes() -> Iterator[str]:
    """A row for each error, in the order of memory/errors.py; details stand in angle brackets."""
    yield "| code | exit | what it says |"
    yield "| --- | --- | --- |"
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, OnceseenError) and not kind.__subclasses__():
            yield f"| `{kind.code}` | {kind.exit_status} | {_sentence(kind)} |"


def _sentence(kind: type[OnceseenError]) -> str:
    text = (kind.__doc__ or "").strip()
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return text.format(**{name: f"‹{name}›" for name in names})


# ------------------------------------------------------------------ the tree


def tree() -> Iterator[str]:
    """Every module with its first sentence, below its folder with the door's."""
    yield "```text"
    for room in ROOMS:
        for module in sorted((m for m in modules() if m.place.startswith(f"{room}/")), key=_order):
            depth = module.place.count("/") - 1
            name = f"{module.path.parent.name}/" if module.is_door else module.path.name
            indent = "  " * (depth + (not module.is_door))
            yield f"{indent + name:<28} {_first(module)}".rstrip()
    yield "```"


def _order(module: Module) -> tuple[object, ...]:
    folders = module.path.relative_to(ROOT).parts[:-1]
    return (folders, not module.is_door, module.path.name)


def _first(module: Module) -> str:
    told = " ".join((ast.get_docstring(module.tree) or "").split("\n\n")[0].split())
    return told.replace("`", "").removesuffix(".")


# ------------------------------------------------------------------ into their places

PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "settings": settings,
    "commands": commands,
    "errors": codes,
    "tree": tree,
}


def filled(text: str) -> str:
    """A document with each part between its marks made anew."""
    for name, make in PARTS.items():
        marks = re.compile(rf"(<!-- {name}: .*?-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        if found := marks.search(text):
            made = "\n".join(make())
            text = f"{text[: found.start()]}{found[1]}{made}\n{found[2]}{text[found.end() :]}"
    return text


def write(path: Path) -> None:
    """Fills the parts of one document in place."""
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for document in ("README.md", "ARCHITECTURE.md"):
        write(ROOT / document)
