"""Times and spans of time as people write them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from memory.errors import BadRequest, BadTime, WrongUse

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


def days(text: str, now: datetime) -> tuple[datetime, ...]:
    """The two local midnights around a day ("2026-02-09", "today", "yesterday"), or the eight around the days
    of a week ("2026-W07", "this week", "last week"). Raises BadRequest.
    """
    try:
        first, count = _first_day(text.strip().casefold(), now.date())
        return tuple(_midnight(first + timedelta(days=n)) for n in range(count + 1))
    except (ValueError, OverflowError):
        raise BadRequest(
            reason=f'"{text}" is no day or week; write 2026-03-02, today, yesterday, 2026-W10, this week'
        ) from None


def _first_day(text: str, today: date) -> tuple[date, int]:
    """The first day that is meant, and how many follow each other from there. Raises ValueError."""
    monday = today - timedelta(days=today.weekday())
    named = {
        "today": (today, 1),
        "yesterday": (today - timedelta(days=1), 1),
        "this week": (monday, 7),
        "last week": (monday - timedelta(days=7), 7),
    }
    if text in named:
        return named[text]
    if week := re.fullmatch(r"(\d{4})-?w(\d{1,2})", text):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1), 7
    return date.fromisoformat(text), 1


def _midnight(on: date) -> datetime:
    # By the calendar and not by 24 hours: some days have 23 or 25.
    return datetime(on.year, on.month, on.day).astimezone()


def seconds(text: str) -> float:
    """A length of time ("30s", "15m", "1h", "2d", or bare seconds) in seconds. Raises WrongUse."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", text)
    if not match:
        raise WrongUse(reason=f'"{text}" is not a length of time; write 30s, 15m, 1h or 2d')
    return float(match[1]) * UNITS[match[2] or "s"]


def now() -> datetime:
    """This moment, in the machine's zone."""
    return datetime.now().astimezone()
