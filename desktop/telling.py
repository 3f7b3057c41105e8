"""The commands that tell of time: episodes with hours, days and weeks, the journal, and routines."""

from __future__ import annotations

from argparse import Namespace

from desktop import markdown, opening, render, times
from memory.records import Episode, Journal, JournalEntry, Routine

ORDER = ("week", "day", "hour", "episode")


def episodes(options: Namespace) -> int:
    """`onceseen episodes`: what was done, in activities, and by hour, day and week."""
    since = times.parse(options.since) if options.since else None
    until = times.parse_end(options.until) if options.until else None
    wanted = options.level or ORDER
    found: tuple[Episode, ...] = ()
    with opening.door(options) as door:
        if set(wanted) - {"episode"}:
            found += door.levels(since, until)
        if "episode" in wanted:
            found += door.episodes(since, until)
    values = [one for one in found if one.level in wanted]
    return render.say(
        options,
        {"episodes": [render.episode(one) for one in values]},
        render.lines(values, _line, "Nothing is settled yet; run `onceseen consolidate`."),
    )


def _line(value: Episode) -> str:
    if value.level == "episode":
        return render.episode_line(value)
    first, last = value.spans[0][0], value.spans[-1][1]
    when = f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}"
    return f"{value.level:>6}  {when}  {value.title}\n        {value.gist}"


def journal(options: Namespace) -> int:
    """`onceseen journal`: a page of a day or a week, as Markdown."""
    midnights = times.days(options.span, times.now())
    with opening.door(options) as door:
        page = door.journal(midnights)
    return render.say(options, _page(page), markdown.page(page))


def routines(options: Namespace) -> int:
    """`onceseen routines`: what recurs in one order about one time of day."""
    with opening.door(options) as door:
        values = door.routines()
    return render.say(
        options,
        {"routines": [_recurring(one) for one in values]},
        render.lines(values, _routine, "Nothing recurs yet; it takes three days at least."),
    )


def _routine(value: Routine) -> str:
    return f"{value.statement}  [{value.confidence:.0%}]"


# ------------------------------------------------------------------ JSON


def _page(value: Journal) -> render.Json:
    return {
        "days": [
            {"since": render.iso(day.since), "until": render.iso(day.until), "seconds": day.seconds}
            for day in value.days
        ],
        "entries": [_entry(entry) for entry in value.entries],
        "apart": value.apart,
        "facts": [
            {"fact": one.fact, "statement": one.statement, "value": one.value, "before": one.before}
            for one in value.facts
        ],
    }


def _entry(value: JournalEntry) -> render.Json:
    left = value.left
    return {
        "episode": value.episode,
        "title": value.title,
        "gist": value.gist,
        "seconds": value.seconds,
        "spans": [[render.iso(start), render.iso(end)] for start, end in value.spans],
        "apps": list(value.apps),
        "windows": [{"app": one.app, "title": one.title, "seconds": one.seconds} for one in value.windows],
        "people": list(value.people),
        "sites": list(value.sites),
        "files": list(value.files),
        "left": left
        and {
            "moment": left.moment,
            "at": render.iso(left.at),
            "app": left.app,
            "title": left.title,
            "line": left.line,
        },
        "before": value.before,
        "after": value.after,
    }


def _recurring(value: Routine) -> render.Json:
    return {
        "id": value.id,
        "title": value.title,
        "statement": value.statement,
        "steps": [{"app": one.app, "name": one.name, "seconds": one.seconds} for one in value.steps],
        "days": list(value.days),
        "support": len(value.days),
        "of": value.of,
        "weekdays": list(value.weekdays),
        "begins": f"{value.begins // 60 % 24:02}:{value.begins % 60:02}",
        "spread_minutes": value.spread,
        "confidence": round(value.confidence, 3),
        "evidence": list(value.evidence),
    }
