"""Chats: a question that leans on the turns before it becomes one that stands for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Question, Turn, Understood

Take = Callable[[str, datetime], Understood]
"""Takes a text apart, as asked at that time."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The question as it is to be answered; the moments it speaks of; those that lent it words."""

    question: Question
    prefer: tuple[int, ...] = ()
    lent: tuple[int, ...] = ()


def resolve(question: Question, before: Sequence[Turn], take: Take) -> Meant:
    """The question itself where it stands for itself, or the user said how it is understood."""
    return Meant(question)
