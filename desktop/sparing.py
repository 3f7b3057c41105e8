"""How much is read now: less on battery and while the machine is busy, as the settings want it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.settings import PerceiveOptions

SUPPLIES = Path("/sys/class/power_supply")


def load() -> float:
    """What wants to run, a core, averaged over a minute."""
    try:
        return os.getloadavg()[0] / (os.cpu_count() or 1)
    except OSError:
        return 0.0  # a machine that does not tell


def work_for_now(
    options: PerceiveOptions, supplies: Path = SUPPLIES, busy: Callable[[], float] = load
) -> tuple[str, str]:
    """One of the choices of perceive.on_battery, and why it is not "all" in a sentence; `busy` is the load.

    A machine that does not tell how it is powered is taken to be on mains.
    """
    if options.most_load and busy() > options.most_load:
        return "nothing", "The computer is busy (setting perceive.most_load): frames wait to be read."
    if options.on_battery != "all" and on_battery(supplies):
        return options.on_battery, "The computer runs on battery (setting perceive.on_battery): frames wait."
    return "all", ""


def on_battery(supplies: Path) -> bool:
    """Whether the machine's own battery is being emptied and no mains is there (Linux)."""
    told = [_told(supply) for supply in sorted(supplies.glob("*"))]
    if any(one["type"] != "Battery" and one["online"] == "1" for one in told):
        return False
    # The battery of a mouse has the scope "Device".
    own = [one for one in told if one["type"] == "Battery" and one["scope"] != "Device"]
    return any(one["status"] == "Discharging" for one in own)


def _told(supply: Path) -> dict[str, str]:
    told = dict.fromkeys(("type", "online", "scope", "status"), "")
    for name in told:
        with suppress(OSError):
            told[name] = (supply / name).read_text(errors="replace").strip()
    return told
