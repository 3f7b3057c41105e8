"""The engine's verbs about questions: asking, and the chats in which what was asked and answered is kept."""

from __future__ import annotations

from dataclasses import replace

from memory.errors import BadRequest
from memory.keeping import Keeping
from memory.ledger import turns
from memory.recall.answering import answer
from memory.recall.chats import chat
from memory.recall.checking import grade
from memory.recall.retrieval import search
from memory.recall.retrieval.meant import understood_of
from memory.records import Answer, Found, Query, Question, Thread, Turn

LONGEST_NAME = 64
"""Characters of a thread's name."""

LONGEST_QUESTION = 2_000
"""Characters of a question that is kept."""


class Chatting(Keeping):
    """Answers, and keeps the turns of chats."""

    def search(self, query: Query) -> Found:
        opened = self._now
        with opened.ledger.reading() as db:
            return search.search(db, opened.questions, query)

    def ask(self, question: Question) -> Answer:
        opened = self._now
        _refuse_unfit(question)
        if opened.rereading:
            opened.rereading.wake()
        with opened.ledger.reading() as db:
            before = turns.of(db, question.thread) if question.thread else ()
            meant = chat.resolve(
                question,
                before,
                lambda text, at: understood_of(db, opened.questions, Query(text, at)),
            )
            said = answer.answer(db, opened.questions, meant.question, meant.spoken)
            quoted = grade.crops(db, said)
        again = opened.rereading.read(quoted) if opened.rereading else {}
        said = replace(grade.graded(said, quoted, again), question=question)
        self._used([citation.moment.id for citation in said.citations], "cited")
        if question.thread:
            # What names the nearest screen holds its words.
            lent = {*meant.lent, *(result.moment.id for result in said.nearest[:1])}
            with opened.ledger.writing() as writer:
                turns.keep(writer, said, lent)
        return said

    def threads(self) -> tuple[Thread, ...]:
        with self._now.ledger.reading() as db:
            return turns.threads(db)

    def turns(self, thread: str) -> tuple[Turn, ...]:
        with self._now.ledger.reading() as db:
            return turns.of(db, thread)

    def forget_thread(self, thread: str) -> None:
        opened = self._now
        with opened.ledger.writing() as db:
            turns.forget_thread(db, thread)
        opened.ledger.scrub()


def _refuse_unfit(question: Question) -> None:
    """Raises BadRequest for what is too long to be kept; without a thread nothing is."""
    if not question.thread:
        return
    named = question.thread.strip() and question.thread.isprintable()
    if len(question.thread) > LONGEST_NAME or not named:
        raise BadRequest(reason=f"a thread is named by 1 to {LONGEST_NAME} characters that can be printed")
    if len(question.text) > LONGEST_QUESTION:
        raise BadRequest(reason=f"a question of a thread has at most {LONGEST_QUESTION} characters")
