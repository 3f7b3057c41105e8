"""Pictures on their way to the screen: fetched and decoded off the GUI thread, kept within a budget."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QBuffer, QObject, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from memory.api import Memory
from ui.tasks import Ask, Tasks, Trouble

THUMBNAIL_BYTES = 48 << 20
PICTURE_BYTES = 96 << 20
MOST_WANTED = 96

Kind = Literal["thumbnail", "picture"]


def last(picture: bytes) -> QImage:
    """The last frame of a picture: memory keeps a screen as what differs from others, laid over them."""
    data = QBuffer()
    data.setData(picture)
    reader = QImageReader(data)
    image = reader.read()
    while reader.canRead() and not (above := reader.read()).isNull():
        image = above
    return image


class _Store:
    """Decoded pictures by moment, the least lately used leave first; None stands for "there is none"."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._bytes = 0

    def get(self, moment: int) -> QPixmap | None:
        if moment in self._held:
            self._held.move_to_end(moment)
        return self._held.get(moment)

    def knows(self, moment: int) -> bool:
        return moment in self._held

    def put(self, moment: int, pixmap: QPixmap | None) -> None:
        self.drop(moment)
        self._held[moment] = pixmap
        self._bytes += _cost(pixmap)
        while self._bytes > self._budget and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self._bytes -= _cost(gone)

    def drop(self, moment: int) -> None:
        if moment in self._held:
            self._bytes -= _cost(self._held.pop(moment))

    def drop_empty(self) -> None:
        for moment in [moment for moment, pixmap in self._held.items() if pixmap is None]:
            del self._held[moment]


def _cost(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 0


class _Shelf(QObject):
    """One kind of picture: what is held, what is wished for, and the one that is on its way."""

    ready = Signal(int)

    def __init__(self, kind: Kind, budget: int, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tasks = tasks
        self.store = _Store(budget)
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._coming: int | None = None

    def wish(self, moment: int) -> None:
        """Asks for a picture unless it is held or on its way; the oldest of too many wishes is dropped."""
        if self.store.knows(moment) or moment == self._coming:
            return
        self._wanted[moment] = None
        self._wanted.move_to_end(moment)
        while len(self._wanted) > MOST_WANTED:
            self._wanted.popitem(last=False)
        self._next()

    def _next(self) -> None:
        if self._coming is not None or not self._wanted:
            return
        moment, _ = self._wanted.popitem(last=True)
        self._coming = moment
        thumbnail = self._kind == "thumbnail"

        def fetch(memory: Memory) -> QImage:
            return QImage.fromData(memory.thumbnail(moment)) if thumbnail else last(memory.picture(moment))

        self._tasks.do(Ask(fetch, self._came, failed=self._missed))

    def _came(self, image: QImage) -> None:
        self._arrived(None if image.isNull() else QPixmap.fromImage(image))

    def _missed(self, trouble: Trouble) -> None:
        """A picture that cannot be had is shown as none; the words of the moment are still there."""
        self._arrived(None)

    def _arrived(self, pixmap: QPixmap | None) -> None:
        moment, self._coming = self._coming, None
        if moment is not None:
            self.store.put(moment, pixmap)
            self.ready.emit(moment)
        self._next()


class Pictures(QObject):
    """Thumbnails and whole pictures by moment. Asking never waits: what is not here yet is announced."""

    thumbnail_ready = Signal(int)
    picture_ready = Signal(int)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = _Shelf("thumbnail", THUMBNAIL_BYTES, tasks, self)
        self._pictures = _Shelf("picture", PICTURE_BYTES, tasks, self)
        self._thumbnails.ready.connect(self.thumbnail_ready)
        self._pictures.ready.connect(self.picture_ready)

    def thumbnail(self, moment: int) -> QPixmap | None:
        """The thumbnail when it is here, else None (and it is sent for)."""
        self._thumbnails.wish(moment)
        return self._thumbnails.store.get(moment)

    def picture(self, moment: int) -> QPixmap | None:
        """The whole picture when it is here, else None (and it is sent for)."""
        self._pictures.wish(moment)
        return self._pictures.store.get(moment)

    def missing(self, moment: int) -> bool:
        """Whether it is known that this moment has no picture."""
        store = self._pictures.store
        return store.knows(moment) and store.get(moment) is None

    def ahead(self, moments: Iterable[int]) -> None:
        """Sends for pictures that are likely wanted next, the likeliest last."""
        for moment in moments:
            self._pictures.wish(moment)

    def forget(self, moments: Iterable[int]) -> None:
        """Drops what is held of moments that are gone."""
        for moment in moments:
            self._thumbnails.store.drop(moment)
            self._pictures.store.drop(moment)

    def renew(self) -> None:
        """Asks again for what was not there: it may have been made since."""
        self._thumbnails.store.drop_empty()
        self._pictures.store.drop_empty()
