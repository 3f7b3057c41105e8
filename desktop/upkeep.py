"""The command `settings`: show all, show one, change one."""

from __future__ import annotations

import sys
from argparse import Namespace

from desktop import paths, render
from desktop.differences import Value
from desktop.settings import Setting, Settings


def settings(options: Namespace) -> int:
    """`onceseen settings [KEY [VALUE]]`; a mistake in the file is named, and the default holds instead."""
    kept = Settings(paths.settings(options.profile))
    for mistake in kept.mistakes:
        print(mistake, file=sys.stderr)
    if options.value is not None:
        kept.set(options.key, options.value)
    if options.key is not None:
        setting, value = kept.declaration(options.key), kept.get(options.key)
        return render.say(options, {"key": setting.name, "value": value}, _line(setting, value))
    rows = kept.all()
    return render.say(
        options,
        {"settings": {setting.name: value for setting, value in rows}},
        "\n".join(_line(setting, value) for setting, value in rows),
    )


def _line(setting: Setting, value: Value) -> str:
    return f"{setting.name} = {value}    {setting.help} ({setting.allowed})"
