"""When something was seen: a time as written, from a picture's EXIF, a file's name, or the file's date."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path

from PIL import Image

from capture.picture import FORMATS

FIRST, LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

# Tags of EXIF 2.32: the original's time, its zone, the file's time, its zone; the first two stand in a part.
_EXIF_PART = 0x8769
_TAKEN, _TAKEN_ZONE, _CHANGED, _CHANGED_ZONE = 0x9003, 0x9011, 0x0132, 0x9010

_DAY = r"(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>[01]\d)[-_.]?(?P<day>[0-3]\d)"
_HOUR = r"(?P<hour>[0-2]?\d)[-_.:h꞉]?(?P<minute>[0-5]\d)(?:[-_.:m꞉]?(?P<second>[0-5]\d))?"
_HALF = r"(?:[\s\u202f]?(?P<half>[AaPp])\.?[Mm])?"
_NAMED = re.compile(rf"(?<!\d){_DAY}(?:[\sT_.,-]*(?:at|um|à|a las|alle)?[\sT_.,-]*{_HOUR}(?!\d){_HALF})?")
_EPOCH = re.compile(r"(?<!\d)(1\d{9})(\d{3})?(?!\d)")


def told(text: str) -> datetime | None:
    """An ISO 8601 time with its offset; one without is local. None for what is no time of 1970 to 2200."""
    try:
        return _sane(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError, OSError):
        return None


def of_picture(path: Path) -> datetime:
    """EXIF, else the time in the name, else a day in the name at noon, else when the file was changed."""
    return (
        _from_exif(path) or from_name(path.name) or datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    )


def from_name(name: str) -> datetime | None:
    """A time in the forms in which programs name screenshots, in local time; None if there is none."""
    if found := _NAMED.search(name):
        part = found.groupdict()
        try:
            at = datetime(int(part["year"]), int(part["month"]), int(part["day"]), 12)
            if part["hour"]:
                at = datetime.combine(at, _clock(part))
            return _sane(at)
        except (ValueError, OverflowError, OSError):
            return None
    if seconds := _EPOCH.search(name):
        at = datetime.fromtimestamp(int(seconds[1])) + timedelta(milliseconds=int(seconds[2] or 0))
        return _sane(at)
    return None


def _clock(part: Mapping[str, str | None]) -> time:
    hour = int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"] in "Pp" else 0)
    return time(hour, int(part["minute"] or 0), int(part["second"] or 0))


def _sane(at: datetime) -> datetime | None:
    if at.tzinfo is None:
        at = at.astimezone()
    return at if FIRST <= at <= LAST else None


def _from_exif(path: Path) -> datetime | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as image:
                exif = image.getexif()
                part = exif.get_ifd(_EXIF_PART)
    except (
        OSError,
        ValueError,
        SyntaxError,
        LookupError,
        TypeError,
        AttributeError,
        Image.DecompressionBombError,
    ):
        return None
    written = part.get(_TAKEN) or exif.get(_CHANGED)
    zone = part.get(_TAKEN_ZONE) if part.get(_TAKEN) else part.get(_CHANGED_ZONE)
    if not isinstance(written, str):
        return None
    try:
        at = datetime.strptime(written.strip("\0 "), "%Y:%m:%d %H:%M:%S")
        return _sane(at.replace(tzinfo=_zone(zone)))
    except (ValueError, OverflowError, OSError):
        return None


def _zone(written: object) -> timezone | None:
    found = re.fullmatch(r"([+-])(\d\d):(\d\d)", written.strip("\0 ")) if isinstance(written, str) else None
    if not found:
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(away if found[1] == "+" else -away)
