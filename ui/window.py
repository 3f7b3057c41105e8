"""The window: places on a rail, one box for search and questions, the state of recording always in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from memory.api import Memory
from memory.records import Changes, Moment, Status
from ui import words
from ui.models import EVERYTHING, Gather, Sight
from ui.pages.ask import AskPage
from ui.pages.exclusions import ExclusionsPage
from ui.pages.first_run import FirstRunPage
from ui.pages.memory import MemoryPage
from ui.pages.moment import MomentPage
from ui.pages.timeline import TimelinePage
from ui.pages.unlock import UnlockPage
from ui.pictures import Pictures
from ui.setup import Setup
from ui.tasks import Act, Ask, Prepare, Tasks, Trouble
from ui.widgets.frame import Frame
from ui.widgets.notice import Empty, Notice
from ui.words import tr

SIZE, LEAST = (1280, 800), (860, 600)
STATUS_MS = 15_000
GATHER_MS = 800


class Window(QWidget):
    """Everything of one memory. Pages come and go in one stack; each gets changes when it is seen."""

    def __init__(
        self, tasks: Tasks, setup: Setup, now: Callable[[], datetime], gather_ms: int = GATHER_MS
    ) -> None:
        super().__init__()
        self.tasks, self._setup, self._now = tasks, setup, now
        self.pictures = Pictures(tasks, self)
        self._came_from: QWidget | None = None
        self._started = False
        self._gather = Gather(gather_ms, self)
        self._stale: set[QWidget] = set()
        self._make_pages()
        self._build()
        self._connect()
        self._keys()
        self._clock = QTimer(self)
        self._clock.setInterval(STATUS_MS)
        self._clock.timeout.connect(self._ask_status)

    # -------------------------------------------------------------- parts

    def _make_pages(self) -> None:
        given = (self.tasks, self.pictures, self._now)
        self.timeline = TimelinePage(*given)
        self.ask = AskPage(*given)
        self.memory = MemoryPage(*given)
        self.moment = MomentPage(*given)
        self.first_run = FirstRunPage(self.tasks, self._setup)
        self.exclusions = ExclusionsPage(self.tasks)
        self.unlock = UnlockPage(self.tasks, self._setup)
        self.waiting = Empty("lock", tr("Opening your memory"), "")
        self.pages = QStackedWidget()
        self._refreshing: dict[QWidget, Callable[[Changes], None]] = {
            page: page.refresh for page in (self.timeline, self.ask, self.memory, self.moment)
        }
        seen: tuple[QWidget, ...] = (self.waiting, self.timeline, self.ask, self.memory, self.moment)
        for page in (*seen, self.exclusions, self.first_run, self.unlock):
            self.pages.addWidget(page)

    def _build(self) -> None:
        self.setObjectName("window")
        self.setWindowTitle("Onceseen")
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST)
        self.notice = Notice()
        places = (
            ("timeline", tr("Timeline"), self.timeline),
            ("ask", tr("Ask"), self.ask),
            ("memory", tr("Memory"), self.memory),
        )
        self._frame = Frame(places, self._now)
        self._frame.hold(self.pages, self.notice)
        self.rail, self.footer = self._frame.rail, self._frame.footer
        self.box, self.state = self._frame.header.box, self._frame.header.state
        self.rail.went.connect(self.go)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        self._frame.show_parts(False)

    def _connect(self) -> None:
        self.pages.currentChanged.connect(self._entitle)
        for page in (self.timeline, self.ask, self.memory):
            page.opened.connect(self.open)
        self.moment.back.connect(self._back)
        self.exclusions.back.connect(self._back)
        self.state.excluding.connect(self._exclude)
        self.moment.on_timeline.connect(self._on_timeline)
        self.moment.forgotten.connect(self.pictures.forget)
        self.ask.suggested.connect(self._suggested)
        self.ask.left_upwards.connect(self.box.focus_all)
        self.box.typed.connect(self._typed)
        self.box.entered.connect(self._entered)
        self.box.left_downwards.connect(self.ask.focus_results)
        self.first_run.finished.connect(self._ready)
        self.unlock.finished.connect(self._ready)
        self.state.paused.connect(lambda until: self._do(lambda memory: memory.pause(until)))
        self.state.resumed.connect(lambda: self._do(lambda memory: memory.resume()))
        self.tasks.troubled.connect(self._troubled)
        self.tasks.changed.connect(self._gather.note)
        self._gather.passed.connect(self._pass_on)
        self.tasks.reached.connect(self._reached)

    def _keys(self) -> None:
        for keys, do in (
            ("Ctrl+K", self.box.focus_all),
            ("Ctrl+1", lambda: self.go(self.timeline)),
            ("Ctrl+2", lambda: self.go(self.ask)),
            ("Ctrl+3", lambda: self.go(self.memory)),
            ("Ctrl+G", self._calendar),
            ("Ctrl+P", self.state.showMenu),
        ):
            # Of the rail: where no places are to be seen, no key leads to one.
            QShortcut(QKeySequence(keys), self.rail, do)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self, self.close)

    # -------------------------------------------------------------- beginning

    def begin(self) -> None:
        """Finds out what there is and shows the first page; returns at once."""
        self.tasks.do(Prepare(self._setup.state, self._begun))

    def _begun(self, state: Literal["new", "locked", "ready"]) -> None:
        if state == "new":
            self.first_run.start(has_memory=False)
            self._show_alone(self.first_run)
        elif state == "locked":
            self._show_alone(self.unlock)
            self.unlock.entry.setFocus()
        else:
            self.tasks.do(Ask(lambda memory: memory.status(), self._first_status, slot="status"))

    def _first_status(self, status: Status) -> None:
        if words.needs_consent(status):
            self.first_run.start(has_memory=True)
            self._show_alone(self.first_run)
        else:
            self._ready()

    def _ready(self) -> None:
        self._frame.show_parts(True)
        self.go(self.timeline)
        self._started = False
        self.tasks.watch()
        self._clock.start()

    def _show_alone(self, page: QWidget) -> None:
        self._frame.show_parts(False)
        self.pages.setCurrentWidget(page)

    # -------------------------------------------------------------- going about

    def go(self, page: QWidget) -> None:
        """Shows a page and brings it up to date."""
        self.pages.setCurrentWidget(page)
        self.rail.mark(page)
        if page is self.timeline:
            self.timeline.strip.setFocus()
        elif page is self.ask and not self.box.hasFocus():
            self.box.focus_all()
        if page in self._stale:
            self._stale.discard(page)
            self._refreshing[page](EVERYTHING)

    def _entitle(self) -> None:
        """The desktop's list of windows says which place is open."""
        page = self.pages.currentWidget()
        name = tr("Moment") if page is self.moment else self.rail.name_of(page)
        self.setWindowTitle(f"{name} - Onceseen" if name else "Onceseen")

    def open(self, sight: Sight) -> None:
        """Shows one moment; Escape leads back."""
        self.moment.open(sight)
        self._leave_for(self.moment)
        self.moment.stage.picture.setFocus()

    def _exclude(self) -> None:
        self.exclusions.open()
        self._leave_for(self.exclusions)

    def _leave_for(self, page: QWidget) -> None:
        """Shows a page without a place of its own; what was there before is where Escape leads."""
        here = self.pages.currentWidget()
        if here not in (self.moment, self.exclusions):
            self._came_from = here
        self.pages.setCurrentWidget(page)

    def _back(self) -> None:
        page = self._came_from or self.timeline
        self.go(page)
        if page is self.ask:
            self.ask.focus_results()

    def _on_timeline(self, moment: Moment) -> None:
        self.go(self.timeline)
        self.timeline.go_to(moment.start.timestamp())

    def _calendar(self) -> None:
        if self.pages.currentWidget() is self.memory:
            self.memory.days.open_calendar()
            return
        self.go(self.timeline)
        self.timeline.days.open_calendar()

    def _typed(self, text: str) -> None:
        if text.strip() and self.pages.currentWidget() is not self.ask:
            self.go(self.ask)
        self.ask.type(text)

    def _entered(self, text: str) -> None:
        self.go(self.ask)
        self.ask.ask(text)

    def _suggested(self, text: str) -> None:
        self.box.setText(text)
        self.box.setFocus()
        self.ask.ask(text)

    # -------------------------------------------------------------- what changes

    def _do(self, call: Callable[[Memory], None]) -> None:
        self.tasks.do(Act(call, lambda done: self._ask_status()))

    def _pass_on(self, changes: Changes) -> None:
        self._ask_status()
        self.pictures.renew()
        shown = self.pages.currentWidget()
        for page, refresh in self._refreshing.items():
            if page is shown:
                refresh(changes)
            else:
                self._stale.add(page)

    def _ask_status(self) -> None:
        self.tasks.do(Ask(lambda memory: memory.status(), self._show_status, "status", self._no_status))

    def _show_status(self, status: Status) -> None:
        self.state.show_status(status)
        self.footer.show_status(status)

    def _no_status(self, trouble: Trouble) -> None:
        self.state.show_lost()
        self.footer.say(trouble.sentence)

    def _reached(self, well: bool) -> None:
        if well:
            self.notice.hide()
            if not self._started:
                self._started = True
                self.timeline.start()
                self.memory.start()
        self._ask_status()

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.code == "locked":
            self._show_alone(self.unlock)
            self.unlock.entry.setFocus()
        else:
            self.notice.show_trouble(trouble)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()
        self._clock.stop()
        self.tasks.close()
        super().closeEvent(event)
