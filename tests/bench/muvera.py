"""Fixed-dimensional encodings of sets of vectors (MUVERA), as a bench measures them beside exact MaxSim."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SEED = 12


class Muvera:
    """Fixed-dimensional encodings of sets of vectors (Dhulipala et al. 2024, MUVERA): space is parted by
    SimHash, what falls into a part is summed (query) or averaged (frame; an empty part takes the nearest),
    projected, and repeated; a final projection makes it small.
    """

    def __init__(self, dim: int, bits: int, narrow: int, repeats: int, final: int) -> None:
        chance = np.random.default_rng(SEED)
        self._planes = chance.standard_normal((repeats, dim, bits)).astype(np.float32)
        signs = chance.choice((-1.0, 1.0), (repeats, dim, narrow)) / np.sqrt(narrow)
        self._narrow = signs.astype(np.float32)
        whole = repeats * narrow * 2**bits
        self._final = (chance.choice((-1.0, 1.0), (whole, final)) / np.sqrt(final)).astype(np.float32)

    def encoded(self, parts: Floats, is_query: bool) -> Floats:
        blocks = []
        for planes, narrow in zip(self._planes, self._narrow, strict=True):
            bits = (parts @ planes > 0).astype(np.int64)
            low = parts @ narrow
            weights = 2 ** np.arange(planes.shape[1])
            for part in range(2 ** planes.shape[1]):
                inside = bits @ weights == part
                if is_query:
                    blocks.append(low[inside].sum(axis=0))
                elif inside.any():
                    blocks.append(low[inside].mean(axis=0))
                else:
                    wanted = part >> np.arange(planes.shape[1]) & 1
                    blocks.append(low[(bits != wanted).sum(axis=1).argmin()])
        made: Floats = np.concatenate(blocks) @ self._final
        return made
