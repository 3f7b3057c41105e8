"""The steps of the first run: the promise, what must not be looked at, and the key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from memory.records import Rule
from ui.setup import KeyKind
from ui.theme import colours_of, pixmap, repaints
from ui.widgets.buttons import button, label
from ui.words import tr

LEAST_PASSPHRASE = 10


class PromiseStep(QWidget):
    """What it does, and where it stays."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(_heading(tr("Onceseen remembers what was on your screen")))
        for mark, head, text in (
            (
                "eye",
                tr("It looks, reads and remembers"),
                tr(
                    "While it records, new things on your screen are kept as pictures and text, so that you "
                    "find them again by a word, a question or a time."
                ),
            ),
            (
                "lock",
                tr("All of it stays on this machine, encrypted"),
                tr("Nothing is sent anywhere: no account, no cloud, no telemetry. Only your key opens it."),
            ),
            (
                "shield",
                tr("You decide what it may see"),
                tr(
                    "Pause at any time, exclude applications and words, and forget anything: what is "
                    "forgotten is erased, not hidden."
                ),
            ),
        ):
            column.addLayout(self._promise(mark, head, text))
        column.addStretch()

    def _promise(self, mark: str, head: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(_Mark(mark), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(3)
        said.addWidget(label(head, size=1.1, strong=True))
        said.addWidget(label(text, tone="dim", wrap=True))
        row.addLayout(said, 1)
        return row


class _Mark(QLabel):
    """An icon in the accent's colour."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setPixmap(pixmap(name, colours_of(self).accent, 28))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if repaints(event):
            self.setPixmap(pixmap(self._name, colours_of(self).accent, 28))


class RulesStep(QWidget):
    """What it must not look at: seeded, to be edited."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(_heading(tr("What it must never look at")))
        column.addWidget(
            label(
                tr(
                    "While a window with one of these words in its application, title or address is visible, "
                    "nothing is captured. Take away and add what you like; it can be changed at any time."
                ),
                tone="dim",
                wrap=True,
            )
        )
        self.list = QListWidget()
        self.list.setObjectName("rules")
        self.list.setAccessibleName(tr("Exclusions"))
        self.list.setMinimumHeight(190)
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(tr("Find or add: an application, a word in a title, a site"))
        self.entry.setAccessibleName(tr("New exclusion"))
        self.entry.returnPressed.connect(self.add)
        self.entry.textChanged.connect(self._narrow)
        add = button(tr("Add"))
        add.clicked.connect(self.add)
        remove = button(tr("Remove chosen"))
        remove.clicked.connect(self.remove)
        row = QHBoxLayout()
        row.addWidget(self.entry, 1)
        row.addWidget(add)
        row.addWidget(remove)
        column.addWidget(self.list, 1)
        column.addLayout(row)

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Lists rules in place of those that were listed."""
        self.list.clear()
        for rule in rules:
            self._list(rule)

    def _list(self, rule: Rule) -> None:
        fields = {"app": tr("application"), "title": tr("title"), "site": tr("site"), "any": ""}
        where = fields[rule.field]
        item = QListWidgetItem(f"{rule.pattern}   ({where})" if where else rule.pattern)
        item.setData(Qt.ItemDataRole.UserRole, rule)
        self.list.addItem(item)

    def _narrow(self, text: str) -> None:
        """Typing shows what is listed already; the seeded words of many languages are a long list."""
        wanted = text.strip().casefold()
        for n in range(self.list.count()):
            item = self.list.item(n)
            item.setHidden(wanted not in item.text().casefold())

    def add(self) -> None:
        """Adds what stands in the field."""
        text = self.entry.text().strip()
        if text:
            self._list(Rule("any", text))
            self.list.scrollToBottom()
            self.entry.clear()

    def remove(self) -> None:
        """Takes the chosen one away."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))

    def rules(self) -> tuple[Rule, ...]:
        """The rules as they are listed."""
        return tuple(self.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.list.count()))


class KeyStep(QWidget):
    """Which key opens the memory."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[KeyKind, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(lambda n, on: self._chosen())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_heading(tr("Your key")))
        self._intro = label("", tone="dim", wrap=True)
        column.addWidget(self._intro)
        column.addSpacing(6)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        column.addLayout(self._choices)
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, name in ((self.first, tr("Passphrase")), (self.second, tr("The same passphrase again"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.textChanged.connect(self._chosen)
            column.addWidget(field)
        self._hint = label("", size=0.92, tone="dim", wrap=True)
        column.addWidget(self._hint)
        column.addStretch()
        self._last = label(
            tr("With the next click the memory is made and recording begins. You can pause it at any time."),
            wrap=True,
        )
        column.addWidget(self._last)

    def show_kinds(self, kinds: tuple[KeyKind, ...]) -> None:
        """Offers these kinds of key; none where the memory has its key already."""
        self._kinds = kinds
        if kinds:
            self._intro.setText(tr("The memory is encrypted with a random key. What keeps that key safe?"))
        else:
            self._intro.setText(tr("The memory has its key already; nothing is left but your yes."))
        names: dict[KeyKind, tuple[str, str]] = {
            "keyring": (tr("The system's keyring"), tr("Opens by itself when you log in.")),
            "passphrase": (tr("A passphrase"), tr("Asked for at each start. There is no way in without it.")),
            "file": (tr("A key file"), tr("Lies beside the memory, readable by your user alone.")),
        }
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for n, kind in enumerate(kinds):
            head, text = names[kind]
            choice = QRadioButton(f"{head}  –  {text}")
            choice.setAccessibleName(head)
            choice.setAccessibleDescription(text)
            self._group.addButton(choice, n)
            self._choices.addWidget(choice)
        if kinds:
            self._group.button(0).setChecked(True)
        self._chosen()

    def choose(self, kind: KeyKind) -> None:
        """Chooses a kind of key."""
        self._group.button(self._kinds.index(kind)).setChecked(True)

    def _kind(self) -> KeyKind | None:
        n = self._group.checkedId()
        return self._kinds[n] if 0 <= n < len(self._kinds) else None

    def _chosen(self) -> None:
        words_needed = self._kind() == "passphrase"
        for one in (self.first, self.second, self._hint):
            one.setVisible(words_needed)
        if words_needed and not self.is_complete():
            short = len(self.first.text()) < LEAST_PASSPHRASE
            least = tr("At least {n} characters; a few words are easiest.").format(n=LEAST_PASSPHRASE)
            self._hint.setText(least if short else tr("The two are not the same yet."))
        else:
            self._hint.setText("")
        self.changed.emit()

    def is_complete(self) -> bool:
        """Whether a key can be made of what is given."""
        if self._kind() != "passphrase":
            return True
        return len(self.first.text()) >= LEAST_PASSPHRASE and self.first.text() == self.second.text()

    def answer(self) -> tuple[KeyKind, str]:
        """The kind of key and its passphrase; empty for the other kinds."""
        kind = self._kind() or "file"
        return kind, self.first.text() if kind == "passphrase" else ""


def _heading(text: str) -> QLabel:
    return label(text, size=1.6, strong=True, wrap=True)
