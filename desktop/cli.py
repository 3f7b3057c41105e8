"""The command line: what can be written, and which command it starts.

Exit status: 0 done, 1 a clear line on standard error, 2 wrong use, 3 locked or no key.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from desktop import logs, paths, screen

RUNS = {
    "init": "desktop.unlocking:init",
    "record": "desktop.taking:record",
    "pause": "desktop.commands:pause",
    "resume": "desktop.commands:resume",
    "import": "desktop.taking:import_",
    "consolidate": "desktop.consolidating:consolidate",
    "search": "desktop.commands:search",
    "ask": "desktop.commands:ask",
    "threads": "desktop.chats:threads",
    "timeline": "desktop.commands:timeline",
    "moment": "desktop.commands:moment",
    "episodes": "desktop.telling:episodes",
    "journal": "desktop.telling:journal",
    "routines": "desktop.telling:routines",
    "facts": "desktop.knowledge:facts",
    "forget": "desktop.commands:forget",
    "fade": "desktop.keeping:fade",
    "pin": "desktop.keeping:pin",
    "index": "desktop.commands:index",
    "models": "desktop.models:models",
    "doctor": "desktop.doctor:doctor",
    "status": "desktop.commands:status",
    "settings": "desktop.upkeep:settings",
    "lock": "desktop.unlocking:lock",
    "unlock": "desktop.unlocking:unlock",
    "keys": "desktop.unlocking:keys",
}
"""Where each command lives: module and function."""

WINDOW = ("desktop.processes.window", "window")

Parser = argparse.ArgumentParser
Add: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    # What is in memory here is what was on the screen. (Not PR_SET_DUMPABLE besides: it gives /proc/self to
    # root, and a socket in a deep folder is reached by way of /proc/self/fd.)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    options = parser().parse_args(arguments)
    _speak(options)
    options.profile = paths.profile(options.profile)
    return logs.run(lambda: _command(options))


def _speak(options: argparse.Namespace) -> None:
    """JSON is UTF-8 whatever the terminal's encoding; what a terminal cannot show it gets replaced."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        for_programs = options.json or getattr(options, "batch", None)
        sys.stdout.reconfigure(encoding="utf-8" if for_programs else None, errors="replace")


def _command(options: argparse.Namespace) -> int:
    if not options.command:
        screen.refuse_to_show()
    module, function = RUNS[options.command].split(":") if options.command else WINDOW
    if paths.is_memory(options.profile):
        logs.start(options.profile, "command")
    try:
        return _run(module, function, options)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong, and nothing can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(module: str, function: str, options: argparse.Namespace) -> int:
    # Loaded by name so that each command loads only its own libraries (`--help` stays instant).
    status: int = getattr(import_module(module), function)(options)
    return status


def parser() -> Parser:
    """Every command with its options; documents and tests read it too."""
    top = Parser(prog="onceseen", description="Remembers what was on your screen and finds it again.")
    top.set_defaults(command=None, json=False)
    top.add_argument("--profile", type=Path, default=None, help="folder of the memory")
    top.add_argument(
        "--key-file",
        type=Path,
        default=_path_or_none(os.environ.get("ONCESEEN_KEY_FILE")),
        help="file that holds a key of this memory",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for add in (_keeping, _recording, _asking, _looking, _upkeep, _keys):
        add(commands)
    for command in commands.choices.values():
        _json(command)
    return top


def _json(command: Parser) -> None:
    # Suppressed: an act of `keys` would set back what stood before it.
    command.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="one JSON document on standard output",
    )


def _said(text: str) -> str:
    """Words of a command line; bytes that are no text become the sign that stands for those."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _path_or_none(text: str | None) -> Path | None:
    return Path(text) if text else None


def _keeping(add: Add) -> None:
    add.add_parser("init", help="make a memory (--key-file: a new random key is written there)")
    take = add.add_parser("import", help="take a recording, a folder of pictures, or a picture")
    take.add_argument("path", type=Path, metavar="PATH")
    take.add_argument("--dry-run", action="store_true", help="say what would be taken")
    take.add_argument("--no-wait", action="store_true", help="return before all is searchable")
    take.add_argument("--progress", choices=["auto", "json", "off"], default="auto")
    settle = add.add_parser("consolidate", help="settle what is pending: moments, episodes, facts")
    settle.add_argument("--dry-run", action="store_true", help="say what would change")
    settle.add_argument("--progress", choices=["auto", "json", "off"], default="auto")
    forget = add.add_parser(
        "forget",
        help="remove moments and all that rested on them, turns of chats as well; final",
        description="Removes moments and all that rested on them alone; final. Of chats (ask --thread) those"
        " turns go as well that rest on one of them, were asked in the span, or hold the words.",
    )
    which = forget.add_argument_group("what (exactly one)")
    which.add_argument("--moment", type=int, nargs="+", metavar="ID")
    which.add_argument("--from", dest="since", metavar="T")
    which.add_argument("--to", dest="until", metavar="T")
    which.add_argument("--app", type=_said, metavar="NAME")
    which.add_argument("--text", type=_said, metavar="WORDS")
    forget.add_argument("--dry-run", action="store_true", help="list what would go")
    forget.add_argument("--yes", action="store_true", help="do not ask")
    fade = add.add_parser("fade", help="let fade what there is no room for (settings memory.*)")
    fade.add_argument("--dry-run", action="store_true", help="say what would fade, and what never does")
    pin = add.add_parser("pin", help="keep moments from fading, whatever the room")
    pin.add_argument("ids", type=int, nargs="+", metavar="MOMENT")
    pin.add_argument("--remove", action="store_true", help="let them fade again")


def _recording(add: Add) -> None:
    record = add.add_parser("record", help="record the screen until interrupted (this is your consent)")
    record.add_argument(
        "--for", dest="length", metavar="TIME", help="stop after this long, such as 30s or 5m"
    )
    pause = add.add_parser("pause", help="stop looking until `resume`")
    pause.add_argument("--for", dest="length", metavar="TIME", help="and look again after this long")
    add.add_parser("resume", help="look again")


def _asking(add: Add) -> None:
    search = add.add_parser("search", help="ranked moments")
    search.add_argument("text", type=_said, nargs="?", metavar="QUERY")
    search.add_argument("--limit", type=int, default=10, metavar="N")
    search.add_argument("--from", dest="since", metavar="T")
    search.add_argument("--to", dest="until", metavar="T")
    search.add_argument("--app", type=_said, metavar="NAME")
    ask = add.add_parser("ask", help="an answer with citations, or not found")
    ask.add_argument("text", type=_said, nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--thread",
        type=_said,
        metavar="NAME",
        help='keep it as a turn of this chat, and let it lean on those before ("and the day before?");'
        ' in a batch each line may name its own "thread"',
    )
    for command in (search, ask):
        command.add_argument("--at", metavar="T", help='what "now" is for words of time')
        command.add_argument("--batch", metavar="FILE", help="many at once, one a line (-: standard input)")
    threads = add.add_parser("threads", help="chats: all of them, or the turns of one")
    threads.add_argument("thread", type=_said, nargs="?", metavar="NAME")
    threads.add_argument("--forget", action="store_true", help="remove its turns; final")


def _looking(add: Add) -> None:
    for name, sentence in (("timeline", "moments and gaps"), ("episodes", "what was done, in activities")):
        command = add.add_parser(name, help=sentence)
        command.add_argument("--from", dest="since", metavar="T")
        command.add_argument("--to", dest="until", metavar="T")
    command.add_argument(
        "--level",
        action="append",
        choices=["episode", "hour", "day", "week"],
        help="only these: single activities, or what hours, days or weeks held (may be given again)",
    )
    journal = add.add_parser("journal", help="a page of a day or a week: what was done, for how long")
    journal.add_argument(
        "span", metavar="DAY|WEEK", help="2026-02-09, today, yesterday; 2026-W07, this week, last week"
    )
    add.add_parser("routines", help="what recurs in one order about one time of day")
    moment = add.add_parser("moment", help="moments whole")
    moment.add_argument("ids", type=int, nargs="+", metavar="ID")
    moment.add_argument("--picture", type=Path, metavar="FILE", help="write the picture of one moment there")
    facts = add.add_parser("facts", help="what holds beyond one episode, with evidence")
    act = facts.add_mutually_exclusive_group()
    act.add_argument(
        "--about", type=_said, metavar="WORDS", help="those whose subject or value hold all these words"
    )
    act.add_argument("--confirm", type=int, metavar="ID", help="it is so: nothing read later changes it")
    act.add_argument("--correct", nargs=2, metavar=("ID", "VALUE"), help="it is this instead")
    act.add_argument("--delete", type=int, metavar="ID", help="it is none, and is not inferred again")


def _upkeep(add: Add) -> None:
    index = add.add_parser("index", help="the index of meaning")
    index.add_argument("--rebuild", action="store_true", required=True, help="fill it anew from the ledger")
    models = add.add_parser(
        "models", help="open_clip models that can be fetched: words find pictures with one"
    )
    which = models.add_mutually_exclusive_group()
    which.add_argument(
        "--fetch", metavar="NAME", help="fetch it, after asking, and use it from the next start"
    )
    which.add_argument("--remove", metavar="NAME", help="remove it from this machine")
    models.add_argument("--yes", action="store_true", help="do not ask")
    models.add_argument("--progress", choices=["auto", "json", "off"], default="auto")
    add.add_parser("doctor", help="look for trouble and say what to do")
    add.add_parser("status", help="what is kept, what waits, what runs")
    settings = add.add_parser("settings", help="show or change settings")
    settings.add_argument("key", nargs="?", metavar="KEY")
    settings.add_argument("value", nargs="?", metavar="VALUE")


def _keys(add: Add) -> None:
    add.add_parser("lock", help="forget the keys; reading and recording stop")
    add.add_parser("unlock", help="open again")
    keys = add.add_parser("keys", help="the keys that open this memory")
    acts = keys.add_subparsers(dest="act", metavar="ACT", parser_class=Parser)
    acts.add_parser("list", help="all slots")
    more = acts.add_parser("add", help="add a slot")
    more.add_argument("kind", choices=["file", "passphrase", "keyring"])
    more.add_argument("--file", type=Path, metavar="FILE", help="where the new key is written (kind file)")
    less = acts.add_parser("remove", help="remove a slot")
    less.add_argument("slot", metavar="SLOT")
    for act in acts.choices.values():
        _json(act)


if __name__ == "__main__":
    sys.exit(main())
