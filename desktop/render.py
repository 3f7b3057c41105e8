"""What memory says, as the JSON documents of the command line's contract and as lines for people."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from memory.records import (
    Answer,
    Citation,
    Episode,
    Evidence,
    Fact,
    Found,
    Gap,
    LastSettling,
    Moment,
    MomentWhole,
    Result,
    Settling,
    Status,
    Timeline,
    Understood,
)

Json = dict[str, Any]


def document(value: Json) -> str:
    """One JSON document on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def say(options: Namespace, value: Json, text: str) -> int:
    """Prints what was asked for, JSON or lines for people; the exit status of having done it."""
    print(document(value) if options.json else text)
    return 0


def iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


# ------------------------------------------------------------------ JSON


def moment(value: Moment) -> Json:
    return {
        "moment": value.id,
        "start": iso(value.start),
        "end": iso(value.end),
        "app": value.app,
        "title": value.title,
        "origins": list(value.origins),
    }


def moment_whole(value: MomentWhole) -> Json:
    return moment(value.moment) | {
        "url": value.moment.url,
        "width": value.width,
        "height": value.height,
        "faded": value.moment.faded or None,
        "lines": [
            {
                "text": line.text,
                "box": list(line.box),
                "confidence": round(line.confidence, 3),
                "window": line.window,
            }
            for line in value.lines
        ],
    }


def gap(value: Gap) -> Json:
    return {"start": iso(value.start), "end": iso(value.end), "reason": value.reason}


def timeline(value: Timeline) -> Json:
    return {"moments": [moment(m) for m in value.moments], "gaps": [gap(g) for g in value.gaps]}


def understood(value: Understood) -> Json:
    return {
        "text": value.text,
        "from": iso(value.since),
        "to": iso(value.until),
        "apps": list(value.apps),
        "phrases": list(value.phrases),
        "kind": value.kind,
        "sites": list(value.sites),
        "people": list(value.people),
        "files": list(value.files),
        "shown": list(value.shown),
        "without": list(value.without),
        "order": value.order or None,
        "anchor": value.anchor or None,
        "relation": value.relation or None,
    }


def result(value: Result) -> Json:
    return moment(value.moment) | {
        "origin": _origin(value.moment),
        "snippet": value.snippet,
        "also": list(value.also),
        "score": round(value.score, 4),
        "why": {channel: round(part, 4) for channel, part in value.why.items()},
    }


def found(value: Found) -> Json:
    return {
        "query": value.query.text,
        "understood": understood(value.understood),
        "results": [result(r) for r in value.results],
        "deep": value.deep,
    }


def citation(value: Citation) -> Json:
    return {
        "n": value.n,
        "moment": value.moment.id,
        "start": iso(value.moment.start),
        "origin": _origin(value.moment),
        "origins": list(value.moment.origins),
        "quote": value.quote,
    }


def answer(value: Answer) -> Json:
    return {
        "question": value.question.text,
        "understood": understood(value.understood),
        "found": value.found,
        "answer": value.text,
        "confidence": round(value.confidence, 4),
        "citations": [citation(c) for c in value.citations],
        "nearest": [result(r) for r in value.nearest],
        "grade": value.grade or None,
        "missing": value.missing or None,
        "thread": value.question.thread or None,
        "deep": value.deep,
    }


def episode(value: Episode) -> Json:
    return {
        "id": value.id,
        "title": value.title,
        "gist": value.gist,
        "spans": [[iso(start), iso(end)] for start, end in value.spans],
        "title_polished": value.title_polished,
        "gist_polished": value.gist_polished,
        "level": value.level,
        "apps": list(value.apps),
        "moments": list(value.moments),
        "key_moments": list(value.key_moments),
        "people": list(value.people),
        "sites": list(value.sites),
        "files": list(value.files),
        "interruptions": [
            {"start": iso(one.start), "end": iso(one.end), "app": one.app, "title": one.title}
            for one in value.interruptions
        ],
    }


def evidence(value: Evidence) -> Json:
    return {"moment": value.moment, "quote": value.quote, "origin": value.origin}


def fact(value: Fact) -> Json:
    return {
        "id": value.id,
        "kind": value.kind,
        "statement": value.statement,
        "subject": value.subject,
        "relation": value.relation,
        "value": value.value,
        "confidence": round(value.confidence, 3),
        "first_seen": iso(value.first_seen),
        "last_seen": iso(value.last_seen),
        "superseded_by": value.superseded_by,
        "type": value.type,
        "state": value.state,
        "valid_from": iso(value.valid_from),
        "valid_to": iso(value.valid_to),
        "known_from": iso(value.known_from),
        "known_to": iso(value.known_to),
        "episodes": list(value.episodes),
        "linked": list(value.linked),
        "places": list(dict.fromkeys(value.places)),
        "doubt": value.doubt or None,
        "evidence": [evidence(e) for e in value.evidence],
    }


def status(value: Status) -> Json:
    return {
        "frames": value.frames,
        "moments": value.moments,
        "episodes": value.episodes,
        "facts": value.facts,
        "pending": value.pending,
        "unsettled": value.unsettled,
        "failed": value.failed,
        "bytes": value.bytes,
        "processes": value.processes,
        "recording": _recording(value),
        "paused_until": None if _endless(value.paused_until) else iso(value.paused_until),
        "search": value.search,
        "encoders": value.encoders,
        "last_settled": iso(value.last_settled),
        "trouble": value.trouble,
        "unseen": value.unseen,
        "settling": msgspec.to_builtins(value.settling),
    }


HELD_BACK = ("excluded", "idle", "locked", "trouble")
"""Why the recorder runs and yet does not look, as `Status.recording` says it."""


def _recording(value: Status) -> str:
    return f"held back: {value.recording}" if value.recording in HELD_BACK else value.recording


def _endless(pause: datetime | None) -> bool:
    """A pause until resumed is kept as a time that no clock reaches."""
    return pause is not None and pause.year >= 9000


def _origin(value: Moment) -> str | None:
    return value.origins[0] if value.origins else None


# ------------------------------------------------------------------ lines for people


def lines(items: Iterable[Any], show: Callable[[Any], str], nothing: str) -> str:
    """One line an item, or `nothing`."""
    return "\n".join(show(item) for item in items) or nothing


def moment_line(value: Moment) -> str:
    place = " – ".join(part for part in (value.title, value.app) if part) or ", ".join(value.origins[:1])
    return f"{value.id:>6}  {value.start:%Y-%m-%d %H:%M:%S}  {place}"


def gap_line(value: Gap) -> str:
    return f"        {value.start:%Y-%m-%d %H:%M:%S}  ({value.reason} until {value.end:%H:%M:%S})"


def timeline_text(value: Timeline) -> str:
    rows = [(m.start, moment_line(m)) for m in value.moments] + [(g.start, gap_line(g)) for g in value.gaps]
    return "\n".join(line for _, line in sorted(rows)) or "Nothing was recorded then."


def result_line(value: Result) -> str:
    more = f"  (+{len(value.also)} similar)" if value.also else ""
    return f"{moment_line(value.moment)}{more}\n        {value.snippet}"


GRADES = {
    "seen": "seen word for word",
    "doubtful": "read doubtfully",
    "inferred": "worked out from what was seen",
}


def answer_text(value: Answer) -> str:
    rows = [value.text]
    rows += [f"  ({GRADES[value.grade]})"] if value.grade else []
    rows += [f"  [{c.n}] {moment_line(c.moment).strip()}: “{c.quote}”" for c in value.citations]
    if value.nearest:
        rows += ["Nearest:"] + [result_line(r) for r in value.nearest]
    return "\n".join(rows)


def episode_line(value: Episode) -> str:
    spans = ", ".join(f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}" for start, end in value.spans)
    polished = (value.title_polished, value.gist_polished) if value.title_polished else ()
    return "\n        ".join(
        [f"{value.id:>6}  {spans}  {value.title}", value.gist, *(f"(model) {words}" for words in polished)]
    )


def fact_line(value: Fact) -> str:
    was = "" if value.state == "inferred" else f"  ({value.state})"
    was += f"  (until {value.valid_to:%Y-%m-%d}, then {value.superseded_by})" if value.valid_to else ""
    was += f"  (in doubt: only {value.doubt} says so)" if value.doubt else ""
    return f"{value.id:>6}  {value.kind}: {value.statement}  [{len(value.evidence)} seen]{was}"


FADED = {
    "thumbnail": "its picture has faded; the thumbnail is kept",
    "text": "its picture has faded",
    "gist": "its picture and its text have faded",
}


def whole_text(value: MomentWhole) -> str:
    faded = [f"        ({FADED[value.moment.faded]})"] if value.moment.faded else []
    return "\n".join([moment_line(value.moment), *faded, *(f"        {line.text}" for line in value.lines)])


def settling_lines(value: Settling) -> list[str]:
    """How settling stands and how the last one went, as far as there is anything to say."""
    told = []
    if value.state == "running":
        far = f": {value.done} of {value.of} days" if value.of else ""
        told.append(f"Settling: running{far}")
    elif value.state != "settled":
        told.append(f"Settling: {value.state}. {value.why}".rstrip())
    if value.last:
        told.append(f"Last settled: {last_settling(value.last)}")
    return told


def last_settling(value: LastSettling) -> str:
    """One that ended, in a line."""
    days = f"{value.days} days" if value.days == value.of else f"{value.days} of {value.of} days"
    parts = [
        f"{value.at:%Y-%m-%d %H:%M}, {days} in {value.seconds:.1f} s",
        f"{value.moments_before} moments became {value.moments_after}",
        f"{value.episodes} episodes, {value.facts} facts",
    ]
    if value.refused:
        parts.append(f"{value.refused} merges refused")
    if value.state == "done" and value.failed:
        parts.append(f"no polished titles ({value.failed})")
    if value.polished or value.rejected:
        parts.append(f"{value.polished} titles polished, {value.rejected} rejected")
    ended = {"failed": f"it failed ({value.failed})", "stopped": "ended before the rest"}
    return "; ".join([*parts, *([ended[value.state]] if value.state in ended else [])])


def status_text(value: Status) -> str:
    sizes = ", ".join(f"{part} {count / 1e6:.1f} MB" for part, count in value.bytes.items())
    states = ", ".join(f"{name} {state}" for name, state in value.processes.items()) or "none"
    return "\n".join(
        [
            f"Recording: {_recording(value)}",
            f"Kept: {value.frames} frames, {value.moments} moments",
            f"Known: {value.episodes} episodes, {value.facts} facts",
            f"Waiting: {value.pending} to be read, {value.unseen} to be looked at,"
            f" {value.unsettled} to be settled; {value.failed} failed",
            *settling_lines(value.settling),
            f"On disk: {sizes}",
            f"Search: {value.search}; processes: {states}",
            *([f"Trouble: {value.trouble}"] if value.trouble else []),
        ]
    )
