"""A value of any type hint of the nouns: filled to the brim, or as empty as the hint allows."""

from __future__ import annotations

import itertools
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

ZONES = (timedelta(hours=5, minutes=30), timedelta(hours=-8), timedelta(0))


def sample(hint: Any, full: bool, numbers: Iterator[int] | None = None) -> Any:
    """Different on each place of the value; times carry several offsets from UTC."""
    numbers = itertools.count(1) if numbers is None else numbers
    if hint is None or hint is type(None):
        return None
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return hint(**{field.name: sample(hints[field.name], full, numbers) for field in fields(hint)})
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return sample(parts[0], full, numbers) if full else None
    if origin is Literal:
        return parts[-1] if full else parts[0]
    if origin is tuple and parts[1:] == (...,):
        return tuple(sample(parts[0], full, numbers) for _ in range(2 if full else 0))
    if origin is tuple:
        return tuple(sample(part, full, numbers) for part in parts)
    if origin is dict:
        return {sample(parts[0], full, numbers): sample(parts[1], full, numbers)} if full else {}
    return _plain(hint, full, next(numbers))


def _plain(hint: Any, full: bool, number: int) -> Any:
    if hint is datetime:
        zone = timezone(ZONES[number % len(ZONES)])
        return datetime(2026, 3, 2, 9, number % 60, 4, 123000 + number, zone)
    if hint is bool:
        return full
    if hint is bytes:
        return bytes([number % 256, 0, 255]) * (50_000 if full and number % 2 else 1) if full else b""
    return {int: number, float: number / 7, str: f"Zürich → {number}\n\0" if full else ""}[hint]
