"""The open_clip models that can be fetched, as models.toml declares them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Model:
    """One file of weights: open_clip's `model` trained as its `tag` says, found at `url`, `bytes` long.

    A picture becomes `dimension` numbers; the model looks at squares of `pixels` a side.
    """

    name: str
    model: str
    tag: str
    url: str
    bytes: int
    sha256: str
    licence: str
    licence_url: str
    dimension: int
    pixels: int
    help: str

    @property
    def file(self) -> str:
        """Its name on this machine: open_clip's preparation of pictures is found by the tag in it."""
        return f"{self.model}-{self.tag}.safetensors"

    @property
    def host(self) -> str:
        """Who it is fetched from."""
        return urlsplit(self.url).hostname or self.url


def declared() -> dict[str, Model]:
    """Every model by its name, in the order of models.toml."""
    table = tomllib.loads(files("desktop").joinpath("models.toml").read_text(encoding="utf-8"))
    return {name: Model(name=name, **entry) for name, entry in table.items()}
