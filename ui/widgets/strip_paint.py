"""How the time strip is painted: rectangles in batches by colour, words only where there is room for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from memory.records import Moment
from ui import words
from ui.models import FAR, Stretch
from ui.pictures import Pictures
from ui.span import DAY, View, local, midnight, ticks
from ui.theme import Colours, app_colours, blend, scaled
from ui.widgets.tile import paint_tile

SLOT = 116.0
THUMB_W, THUMB_H = 108, 68
BUCKET, BUCKET_S = 5.0, 90.0
SOFT = (0.1, 0.25, 0.6, 1.0, 0.6, 0.25, 0.1)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where the lanes stand, from top to bottom."""

    ruler: QRectF
    film: QRectF
    episodes: QRectF
    density: QRectF
    ribbon: QRectF

    @property
    def all(self) -> QRectF:
        return QRectF(self.film.topLeft(), self.ribbon.bottomRight())


HEIGHT = 192


def lanes(width: float) -> Lanes:
    """The lanes of a strip of this width."""
    return Lanes(
        ruler=QRectF(0, 0, width, 26),
        film=QRectF(0, 30, width, THUMB_H + 4),
        episodes=QRectF(0, 110, width, 26),
        density=QRectF(0, 142, width, 30),
        ribbon=QRectF(0, 174, width, 10),
    )


@dataclass(frozen=True, slots=True)
class Brush:
    """What every lane is painted with."""

    painter: QPainter
    view: View
    colours: Colours
    font: QFont


def paint_ground(brush: Brush, room: Lanes, now: float) -> None:
    """The ground of the lanes; what has not happened yet is no ground."""
    painter, colours = brush.painter, brush.colours
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.surface))
    end = min(room.all.right(), max(0.0, brush.view.x(now)))
    if end > 0:
        painter.drawRect(QRectF(0, room.all.top() - 4, end, room.all.height() + 8))
    painter.setPen(QPen(QColor(colours.border), 1))
    for y in (room.all.top() - 4, room.all.bottom() + 4):
        painter.drawLine(QPointF(0, y), QPointF(room.all.right(), y))


def paint_ruler(brush: Brush, room: Lanes) -> None:
    """Ticks with their times; midnights reach through all lanes."""
    painter, colours, view = brush.painter, brush.colours, brush.view
    plain, strong = scaled(brush.font, 0.92), scaled(brush.font, 0.92, strong=True)
    for tick in ticks(view):
        x = round(view.x(tick.at)) + 0.5
        painter.setPen(QPen(QColor(colours.border), 1))
        top = room.ruler.bottom() - (12 if tick.major else 6)
        painter.drawLine(
            QPointF(x, top), QPointF(x, room.all.bottom() + 4 if tick.major else room.ruler.bottom())
        )
        painter.setFont(strong if tick.major else plain)
        painter.setPen(QColor(colours.text if tick.major else colours.dim))
        painter.drawText(
            QRectF(x + 5, 2, 120, 18), int(Qt.AlignmentFlag.AlignVCenter), _written(tick.kind, tick.at)
        )


def _written(kind: str, at: float) -> str:
    when = local(at)
    if kind == "clock":
        return words.clock(when)
    if kind == "day":
        return words.day_short(when.date())
    return words.month(when.date(), year=when.month == 1) if kind == "month" else str(when.year)


def paint_far(brush: Brush, room: Lanes, days: dict[str, int]) -> None:
    """Longer than weeks: one bar a day, as high as the day held much."""
    top = max(days.values(), default=1)
    area = room.all
    bars = []
    for name, amount in days.items():
        start = midnight(date.fromisoformat(name))
        left, right = brush.view.x(start), brush.view.x(start + DAY)
        if right >= 0 and left <= area.right():
            high = max(3.0, amount / top * (area.height() - 16))
            bars.append(QRectF(left + 0.5, area.bottom() - high, max(1.5, right - left - 1.5), high))
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(blend(QColor(brush.colours.accent), QColor(brush.colours.surface), 0.7))
    brush.painter.drawRects(bars)


def paint_gaps(brush: Brush, room: Lanes, stretch: Stretch) -> None:
    """Hatched where nothing was recorded, with the reason where it fits."""
    painter, colours = brush.painter, brush.colours
    area = QRectF(0, room.episodes.top(), room.all.width(), room.ribbon.bottom() - room.episodes.top())
    for gap in stretch.gaps:
        left, right = brush.view.x(gap.start.timestamp()), brush.view.x(gap.end.timestamp())
        if right < 0 or left > area.right() or right - left < 1:
            continue
        shape = QRectF(max(left, -8), area.top(), min(right, area.right() + 8) - max(left, -8), area.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(shape, QColor(colours.sunken))
        painter.fillRect(shape, QBrush(QColor(colours.border), Qt.BrushStyle.BDiagPattern))
        said = words.gap(gap.reason).split(":")[0]
        painter.setFont(scaled(brush.font, 0.88))
        wide = painter.fontMetrics().horizontalAdvance(said)
        if wide + 24 < shape.width():
            label = QRectF(shape.center().x() - wide / 2 - 6, area.top() + 27, wide + 12, 20)
            painter.setBrush(QColor(colours.sunken))
            painter.drawRoundedRect(label, 4, 4)
            painter.setPen(QColor(colours.dim))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), said)


def paint_episodes(brush: Brush, room: Lanes, stretch: Stretch) -> None:
    """Episodes as blocks in the colour of their application."""
    painter, view = brush.painter, brush.view
    painter.setFont(scaled(brush.font, 0.92))
    metrics = painter.fontMetrics()
    for episode in stretch.episodes:
        look = app_colours(episode.apps[0] if episode.apps else "", brush.colours)
        for start, end in episode.spans:
            left, right = view.x(start.timestamp()), view.x(end.timestamp())
            if right < 0 or left > room.episodes.right():
                continue
            block = QRectF(left, room.episodes.top(), max(3.0, right - left - 1), room.episodes.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.soft)
            painter.drawRoundedRect(block, 4, 4)
            painter.setBrush(look.strong)
            painter.drawRoundedRect(
                QRectF(block.left(), block.top(), min(3.0, block.width()), block.height()), 1.5, 1.5
            )
            seen = block.intersected(room.episodes)
            if seen.width() > 44:
                painter.setPen(look.text)
                place = seen.adjusted(9, 0, -5, 0)
                said = metrics.elidedText(episode.title, Qt.TextElideMode.ElideRight, int(place.width()))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), said)


def paint_density(brush: Brush, room: Lanes, moments: tuple[Moment, ...]) -> None:
    """How much changed, as hills; below them a ribbon of which application was in front."""
    painter, view, colours = brush.painter, brush.view, brush.colours
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend(QColor(colours.dim), QColor(colours.surface), 0.4))
    painter.drawPath(_hills(view, room.density, [moment.start.timestamp() for moment in moments]))
    ribbons: dict[str, list[QRectF]] = defaultdict(list)
    for moment in moments:
        left, right = view.x(moment.start.timestamp()), view.x(moment.end.timestamp())
        ribbons[moment.app].append(
            QRectF(left, room.ribbon.top(), max(1.5, right - left), room.ribbon.height())
        )
    for app, rects in ribbons.items():
        painter.setBrush(app_colours(app, colours).strong)
        painter.drawRects(rects)


def _hills(view: View, lane: QRectF, starts: list[float]) -> QPainterPath:
    """How many moments began, as a soft outline. Buckets stand on times: it holds still while dragged."""
    step = max(view.pixel * BUCKET, BUCKET_S)
    counted = Counter(int(start // step) for start in starts)
    first, last = int(view.start // step) - 3, int(view.end // step) + 4
    reach = len(SOFT) // 2
    heights = [
        sum(weight * counted.get(bucket + n - reach, 0) for n, weight in enumerate(SOFT))
        for bucket in range(first, last)
    ]
    top = max(1.0, max(heights, default=1.0))
    points = [
        QPointF(view.x((first + n + 0.5) * step), lane.bottom() - lane.height() * (height / top) ** 0.8)
        for n, height in enumerate(heights)
    ]
    path = QPainterPath(QPointF(points[0].x(), lane.bottom()))
    for here, after in pairwise(points):
        path.quadTo(here, (here + after) / 2)
    path.lineTo(QPointF(points[-1].x(), lane.bottom()))
    path.closeSubpath()
    return path


def slots(
    view: View, moments: tuple[Moment, ...], chosen: int | None = None
) -> tuple[tuple[float, Moment], ...]:
    """(left edge in pixels, moment) of the film: one moment a slot, the chosen one before others.

    Slots stand on times, not on pixels: they hold still while the strip is dragged.
    """
    wide = _round_step(view.pixel * SLOT)
    taken: dict[int, Moment] = {}
    for moment in moments:
        slot = int(moment.start.timestamp() // wide)
        if moment.picture and (slot not in taken or moment.id == chosen):
            taken[slot] = moment
    room = wide / view.pixel
    made = []
    for slot, moment in taken.items():
        first = view.x(slot * wide)
        made.append((min(max(view.x(moment.start.timestamp()), first), first + room - THUMB_W - 4), moment))
    return tuple(made)


def _round_step(least: float) -> float:
    """The next of a few lengths above `least`, a fifth apart: slots hold still over small zooms."""
    step = 1.0
    while step < least:
        step *= 1.2
    return step


def paint_film(
    brush: Brush, room: Lanes, moments: tuple[Moment, ...], pictures: Pictures, chosen: int | None
) -> None:
    """Thumbnails along the time; a tinted tile stands in while one is on its way."""
    painter, colours = brush.painter, brush.colours
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for left, moment in slots(brush.view, moments, chosen):
        if left > room.film.right() or left + THUMB_W < 0:
            continue
        frame = QRectF(round(left), room.film.top() + 2, THUMB_W, THUMB_H)
        thumbnail = pictures.thumbnail(moment.id)
        look = app_colours(moment.app, colours)
        if thumbnail is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.soft)
            painter.drawRoundedRect(frame, 4, 4)
            paint_tile(
                painter, QRectF(frame.center().x() - 12, frame.center().y() - 12, 24, 24), moment.app, colours
            )
        else:
            edge = QPainterPath()
            edge.addRoundedRect(frame, 4, 4)
            painter.setClipPath(edge)
            painter.drawPixmap(frame, thumbnail, _cover(QRectF(thumbnail.rect()), frame))
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        picked = moment.id == chosen
        painter.setPen(QPen(QColor(colours.accent), 3) if picked else QPen(QColor(colours.border), 1))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _cover(source: QRectF, target: QRectF) -> QRectF:
    """The middle of a picture that fills the target without bending it."""
    wanted = target.width() / target.height()
    if source.width() / source.height() > wanted:
        width = source.height() * wanted
        return QRectF(source.center().x() - width / 2, source.top(), width, source.height())
    return QRectF(source.left(), source.top(), source.width(), source.width() / wanted)


def paint_head(brush: Brush, room: Lanes, at: float, *, focus: bool) -> None:
    """The line at the moment that is shown above."""
    painter = brush.painter
    x = round(brush.view.x(at)) + 0.5
    accent = QColor(brush.colours.accent)
    painter.setPen(QPen(accent, 2))
    painter.drawLine(QPointF(x, room.ruler.bottom() - 4), QPointF(x, room.all.bottom() + 4))
    painter.setPen(QPen(accent, 2) if focus else Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    y = room.ruler.bottom() - 6
    painter.drawPolygon(QPolygonF([QPointF(x - 6, y - 6), QPointF(x + 6, y - 6), QPointF(x, y + 3)]))


def is_far(view: View) -> bool:
    """Whether only days are shown."""
    return view.length > FAR
