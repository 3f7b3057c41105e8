"""The chats of the fake memory: what is asked in a thread is kept, and leans on nothing."""

from __future__ import annotations

from dataclasses import replace

from memory.errors import NotFound
from memory.records import Answer, Question, Thread, Turn


class Chats:
    """Asks `answered`, and keeps what it says."""

    def __init__(self) -> None:
        self._kept: list[Turn] = []

    def answered(self, question: Question) -> Answer:
        raise NotImplementedError

    def ask(self, question: Question) -> Answer:
        said = self.answered(question)
        if question.thread:
            rests = tuple(citation.moment.id for citation in said.citations)
            self._kept.append(Turn(len(self._kept) + 1, replace(said, nearest=()), rests))
        return said

    def threads(self) -> tuple[Thread, ...]:
        names = dict.fromkeys(turn.answer.question.thread for turn in reversed(self._kept))
        return tuple(self._thread(name) for name in names)

    def _thread(self, name: str) -> Thread:
        asked = [turn.answer.question for turn in self.turns(name)]
        return Thread(name, len(asked), asked[0].text, asked[-1].at)

    def turns(self, thread: str) -> tuple[Turn, ...]:
        return tuple(turn for turn in self._kept if turn.answer.question.thread == thread)

    def forget_thread(self, thread: str) -> None:
        if not self.turns(thread):
            raise NotFound(what="thread", id=thread)
        self._kept = [turn for turn in self._kept if turn.answer.question.thread != thread]
