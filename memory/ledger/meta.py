"""Single values of the memory: consent, pause, when it was settled, and the like."""

from __future__ import annotations

from memory.ledger.connection import Db, Writer

Value = str | int | float | bytes | None


def get(db: Db, key: str) -> Value:
    """The value, None where there is none."""
    value: Value = db.value("select value from meta where key = ?", key)
    return value


def put(db: Writer, key: str, value: Value) -> None:
    """Keeps the value in place of an older one; None takes it away."""
    if value is None:
        db.run("delete from meta where key = ?", key)
    else:
        db.run(
            "insert into meta (key, value) values (?, ?) on conflict (key)"
            " do update set value = excluded.value",
            key,
            value,
        )
