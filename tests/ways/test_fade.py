"""From outside: what fades is told before, a pinned moment stays, what has faded says so."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.program import Program


def recording(folder: Path) -> Path:
    """Two texts of 2026."""
    folder.mkdir()
    lines = [
        json.dumps(
            {"t": f"2026-03-0{n}T09:00:00+01:00", "active": {"app": "notes", "title": title}, "text": [text]}
        )
        for n, (title, text) in enumerate((("Harbour", "the pier is wet"), ("Attic", "the roof leaks")), 2)
    ]
    (folder / "frames.jsonl").write_text("\n".join(lines))
    return folder


def test_text_fades_after_its_days_but_for_what_is_pinned(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init")
    program.json("import", str(recording(tmp_path / "recording")))
    program.json("consolidate")
    program.json("settings", "memory.keep_text_days", "30")
    one, two = (moment["moment"] for moment in program.json("timeline")["moments"])
    assert program.json("pin", str(one)) == {"moments": [one], "pinned": True}
    told = program.json("fade", "--dry-run")
    assert [(fade["form"], fade["moments"]) for fade in told["faded"]] == [("gist", 1)]
    assert (told["spared"], told["dry_run"]) == ({"pinned": 1}, True)
    assert program.json("moment", str(two))["lines"]
    done = program.json("fade")
    assert (done["finished"], done["over"], done["limit"]) == (True, 0, 20_000_000_000)
    assert (program.json("moment", str(two))["lines"], program.json("moment", str(two))["faded"]) == (
        [],
        "gist",
    )
    assert program.json("moment", str(one))["lines"]
    assert [one["moment"] for one in program.json("search", "attic")["results"]][:1] == [two]
    program.json("pin", str(one), "--remove")
    assert program.json("fade", "--dry-run")["spared"] == {}
