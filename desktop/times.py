"""Times and spans of time as people write them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from memory.errors import BadTime, WrongUse

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse(text: str) -> datetime:
    """An aware time from ISO 8601; without an offset it is in the machine's zone. Raises BadTime."""
    try:
        time = datetime.fromisoformat(text.strip())
        time.astimezone(UTC)  # what is outside the calendar there cannot be kept
        return time if time.tzinfo else time.astimezone()
    except (ValueError, OverflowError):
        raise BadTime(text=text) from None


def parse_end(text: str) -> datetime:
    """Like `parse`, but a date alone means the end of that day."""
    time = parse(text)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        return time
    # By the calendar and not by 24 hours: some days have 23 or 25.
    try:
        return (time.replace(tzinfo=None) + timedelta(days=1)).astimezone()
    except (ValueError, OverflowError):
        raise BadTime(text=text) from None


def seconds(text: str) -> float:
    """A length of time ("30s", "15m", "1h", "2d", or bare seconds) in seconds. Raises WrongUse."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", text)
    if not match:
        raise WrongUse(reason=f'"{text}" is not a length of time; write 30s, 15m, 1h or 2d')
    return float(match[1]) * UNITS[match[2] or "s"]


def now() -> datetime:
    """This moment, in the machine's zone."""
    return datetime.now().astimezone()
