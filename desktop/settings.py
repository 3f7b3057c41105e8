"""Every setting as settings.toml declares it, what the user set differently, and each room's slice of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from desktop import differences
from desktop.differences import Value
from memory.errors import BadRequest, BadSetting

Slice = TypeVar("Slice")

# ------------------------------------------------------------------ what there is


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting; `type` is number, integer, boolean, text or choice."""

    name: str
    type: str
    default: Value
    room: str
    restart: bool
    help: str
    least: float | None = None
    most: float | None = None
    form: str = ""
    form_words: str = ""
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        """What it can be, for people."""
        match self.type:
            case "number" | "integer":
                noun = "a number" if self.type == "number" else "a whole number"
                return f"{noun} from {self.least:g} to {self.most:g}"
            case "boolean":
                return "true or false"
            case "choice":
                return "one of " + ", ".join(self.choices)
        return self.form_words

    def check(self, value: object) -> Value:
        """The value in the setting's type; raises BadSetting."""
        found = self._typed(value)
        if found is None or not self._fits(found):
            raise BadSetting(key=self.name, value=value, allowed=self.allowed)
        return found

    def parse(self, text: str) -> Value:
        """The value that a person wrote; raises BadSetting."""
        try:
            match self.type:
                case "number":
                    return self.check(float(text))
                case "integer":
                    return self.check(int(text))
                case "boolean":
                    return self.check({"true": True, "false": False}[text.lower()])
            return self.check(text)
        except (ValueError, KeyError, BadSetting):
            raise BadSetting(key=self.name, value=text, allowed=self.allowed) from None

    def _typed(self, value: object) -> Value | None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        match self.type:
            case "number":
                return float(value) if is_number else None  # type: ignore[arg-type]
            case "integer":
                return value if is_number and isinstance(value, int) else None
            case "boolean":
                return value if isinstance(value, bool) else None
        return value if isinstance(value, str) else None

    def _fits(self, value: Value) -> bool:
        if isinstance(value, str):
            return value in self.choices if self.type == "choice" else bool(re.fullmatch(self.form, value))
        return self.least is None or self.most is None or self.least <= value <= self.most


def declared() -> dict[str, Setting]:
    """Every setting by its name, in the order of settings.toml."""
    table = tomllib.loads(files("desktop").joinpath("settings.toml").read_text(encoding="utf-8"))
    return {name: Setting(name=name, **entry) for name, entry in table.items()}


# ------------------------------------------------------------------ slices: what a room is given


@dataclass(frozen=True, slots=True)
class CaptureOptions:
    """Times in seconds; `monitors` is "all" or numbers with commas."""

    every_s: float
    idle_limit_s: int
    monitors: str

    def looks_at(self, monitor: int) -> bool:
        """Whether this monitor (from 0) is to be looked at."""
        return self.monitors == "all" or str(monitor) in self.monitors.split(",")


@dataclass(frozen=True, slots=True)
class PerceiveOptions:
    """What reads text and makes pictures findable."""

    languages: str
    ocr: str
    picture_model: str
    clip_model: str
    clip_weights: str
    device: str
    precision: str
    on_battery: str
    most_load: float


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """Whether an index process is started ("auto" or "off")."""

    chroma: str


@dataclass(frozen=True, slots=True)
class ConsolidateOptions:
    """When to settle: after so many seconds of idleness, once a night, and `wait` or `run` on battery."""

    idle_s: int
    nightly: bool
    on_battery: str


@dataclass(frozen=True, slots=True)
class MemoryOptions:
    """How much is kept: gigabytes in all, days of pictures, days of text; 0 is without limit."""

    size_cap_gb: float
    keep_pictures_days: int
    keep_text_days: int


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """Where a local language model is served (empty: it is off), and its name there."""

    address: str
    model: str


# ------------------------------------------------------------------ what the user set


class Settings:
    """The declared settings with the user's differences, kept in one small TOML file of mode 0600.

    What is wrong in the file stands in `mistakes`: the default holds instead, and the line stays as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._declared = declared()
        self._values: dict[str, Value] = {}
        self.mistakes: tuple[BadSetting, ...] = ()
        self.load()

    def load(self) -> None:
        """Reads the file anew; raises StoreTrouble when it is there and can't be read."""
        mistakes = []
        self._values = {name: each.default for name, each in self._declared.items()}
        try:
            said = differences.values(differences.read(self._path))
        except tomllib.TOMLDecodeError as error:
            said = {}
            mistakes.append(
                BadSetting(key=self._path.name, value="read", allowed=f"it is not TOML ({error})")
            )
        for name, value in said.items():
            try:
                if name not in self._declared:
                    raise BadSetting(key=name, value=value, allowed="there is no such setting")
                self._values[name] = self._declared[name].check(value)
            except BadSetting as error:
                mistakes.append(error)
        self.mistakes = tuple(mistakes)

    def declaration(self, name: str) -> Setting:
        """The setting of that name; raises BadRequest."""
        if name not in self._declared:
            raise BadRequest(reason=f"there is no setting {name}; `onceseen settings` lists all")
        return self._declared[name]

    def all(self) -> tuple[tuple[Setting, Value], ...]:
        """Every setting with the value that holds."""
        return tuple((each, self._values[name]) for name, each in self._declared.items())

    def get(self, name: str) -> Value:
        """The value that holds; raises BadRequest for a name that there is not."""
        return self._values[self.declaration(name).name]

    def set(self, name: str, text: str) -> Value:
        """Keeps what a person wrote; the default needs no line. Raises BadSetting, BadRequest."""
        setting = self.declaration(name)
        value = setting.parse(text)
        old = differences.read(self._path)
        new = differences.edited(old, name, None if value == setting.default else value)
        if new != old:
            differences.write(self._path, new)
        self.load()
        return value

    def capture(self) -> CaptureOptions:
        return self._slice(CaptureOptions, "capture")

    def perceive(self) -> PerceiveOptions:
        return self._slice(PerceiveOptions, "perceive")

    def index(self) -> IndexOptions:
        return self._slice(IndexOptions, "index")

    def consolidate(self) -> ConsolidateOptions:
        return self._slice(ConsolidateOptions, "consolidate")

    def memory(self) -> MemoryOptions:
        return self._slice(MemoryOptions, "memory")

    def writer(self) -> WriterOptions:
        return self._slice(WriterOptions, "writer")

    def _slice(self, kind: type[Slice], group: str) -> Slice:
        names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
        return kind(**{name: self._values[f"{group}.{name}"] for name in names})
