"""What there is to answer a question from: the best moments and blocks, and how to look again for a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memory.ledger.connection import Db
from memory.recall.answering.evidence import Support
from memory.records import Moment, Question, Understood


@dataclass(frozen=True, slots=True)
class Known:
    """`ranked` and `supports` are best first; `find` gives the best moments for a part of the question;
    `sure` (0 to 1) is how sure an answer from the best block would be.
    """

    db: Db
    question: Question
    understood: Understood
    ranked: Sequence[Moment]
    supports: Sequence[Support]
    find: Callable[[str], list[Moment]]
    sure: float
