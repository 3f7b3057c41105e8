"""What others do, over the same reading: each way gives a score to every document for every query.

Encoder of all of them is this program's own MiniLM (int8, cut at 128 tokens); its vectors are kept below
ONCESEEN_BENCH_CACHE. Stems are Snowball's where that package is there, else Porter's, as FTS5 has them.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from importlib import import_module, util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from memory.adapters.text_minilm import MiniLm
from tests.bench.recall_memories import CACHE, Corpus

Scores = NDArray[np.float64]
"""Queries x documents, higher is better; minus infinity: not found."""

MODEL = Path(sys.prefix) / "share/onceseen/text"
DEPTH = 50
"""Documents of a ranking that are given."""

PASSAGE = 25
"""Words of a passage."""

K1, B, EPSILON = 1.5, 0.75, 0.25
"""Okapi BM25 as in rank_bm25: EPSILON of the mean weight stands for terms in more than half of the texts."""

RRF = 60
"""Reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009)."""

_STOP = """
    a about above after again against all am an and any are as at be because been before being below
    between both but by can could did do does doing don down during each few for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself just me more
    most my myself no nor not now of off on once only or other our ours ourselves out over own s same she
    should so some such t than that the their theirs them themselves then there these they this those
    through to too under until up very was we were what when where which while who whom why will with
    would you your yours yourself yourselves
"""
STOP = frozenset(_STOP.split())


def okapi(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """Okapi BM25 over stems, without stop words."""
    texts = [Counter(_stems(" ".join(lines))) for lines in corpus.lines]
    sizes = np.array([sum(text.values()) for text in texts], float)
    spread = K1 * (1 - B + B * sizes / max(1.0, sizes.mean()))
    held = Counter(stem for text in texts for stem in text)
    weights = {s: np.log((len(texts) - n + 0.5) / (n + 0.5)) for s, n in held.items()}
    least = EPSILON * float(np.mean(list(weights.values()) or [0.0]))
    scores = np.zeros((len(queries), len(texts)))
    for row, query in zip(scores, queries, strict=True):
        for stem in _stems(query):
            if stem in weights:
                often = np.array([text[stem] for text in texts], float)
                weight = weights[stem] if weights[stem] >= 0 else least
                row += weight * often * (K1 + 1) / (often + spread)
    return scores


def fts_or(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """FTS5 BM25, porter, the distinct terms joined by OR."""
    return _fts(corpus, queries, "porter unicode61", " OR ")


def passages(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """MiniLM: the cosine of a document's nearest passage of 25 words."""
    words = [" ".join(lines).split() for lines in corpus.lines]
    cut = [[" ".join(some[n : n + PASSAGE]) for n in range(0, len(some), PASSAGE)] or [""] for some in words]
    near = _encoded(queries) @ _encoded([one for some in cut for one in some]).T
    ends = np.cumsum([len(some) for some in cut])
    return np.stack([part.max(axis=1) for part in np.split(near, ends[:-1], axis=1)], axis=1)


def whole(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """MiniLM: the cosine of a document's whole text, as far as 128 tokens go."""
    return _encoded(queries) @ _encoded(["\n".join(lines) for lines in corpus.lines]).T


def mean_of_lines(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """OpenRecall's way (225a275): the cosine of the mean of the vectors of a document's lines."""
    vectors = _encoded([line for lines in corpus.lines for line in lines])
    ends = np.cumsum([len(lines) for lines in corpus.lines])
    means = np.stack([part.sum(axis=0) for part in np.split(vectors, ends[:-1])])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return _encoded(queries) @ means.T


def pensieve(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """Pensieve's way (5a81c98): AND of the words, 200 of them, and 400 by vector, fused 0.7 to 0.3."""
    both = _fts(corpus, queries, "unicode61", " AND ")
    near = whole(Corpus(corpus.names, tuple(lines[:128] for lines in corpus.lines)), queries)
    return _fused((both, 0.7, 200), (near, 0.3, 400))


def fused(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """Reciprocal rank fusion of stemmed BM25 and MiniLM on passages, the full rankings, equal weights."""
    every = len(corpus.names)
    return _fused((okapi(corpus, queries), 1.0, every), (passages(corpus, queries), 1.0, every))


def summed(corpus: Corpus, queries: Sequence[str]) -> Scores:
    """Stemmed BM25 over its highest, plus the cosine of the nearest passage."""
    words = okapi(corpus, queries)
    return words / np.maximum(words.max(axis=1, keepdims=True), 1e-9) + passages(corpus, queries)


WAYS: dict[str, Callable[[Corpus, Sequence[str]], Scores]] = {
    "FTS5 BM25, porter, OR": fts_or,
    "BM25, stemmed": okapi,
    "MiniLM, best passage": passages,
    "MiniLM, whole text": whole,
    "RRF of BM25 and MiniLM": fused,
    "mean of line vectors (OpenRecall)": mean_of_lines,
    "AND, 0.7/0.3 fusion (Pensieve)": pensieve,
    "BM25 / max + best passage": summed,
}


def ranked(
    corpus: Corpus, queries: Sequence[str], ways: Iterable[str] = tuple(WAYS)
) -> dict[str, list[list[frozenset[str]]]]:
    """By way the names of the documents that each query finds, best first; equal ones in their order."""
    return {way: names(corpus, WAYS[way](corpus, queries)) for way in ways}


def names(corpus: Corpus, scores: Scores) -> list[list[frozenset[str]]]:
    """The names of the best of each row of scores."""
    orders = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    return [
        [corpus.names[n] for n in order if row[n] > -np.inf]
        for row, order in zip(scores, orders, strict=True)
    ]


def _fused(*rankings: tuple[Scores, float, int]) -> Scores:
    """Each ranking's weight over RRF and the place, of as many as it gives."""
    total = np.full(rankings[0][0].shape, -np.inf)
    for scores, weight, depth in rankings:
        places = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
        given = (places < depth) & (scores > -np.inf)
        total = np.where(given, np.where(total > -np.inf, total, 0) + weight / (RRF + 1 + places), total)
    return total


def _fts(corpus: Corpus, queries: Sequence[str], tokenizer: str, between: str) -> Scores:
    scores = np.full((len(queries), len(corpus.lines)), -np.inf)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"create virtual table t using fts5(text, tokenize='{tokenizer}')")
        texts = [(n, "\n".join(lines)) for n, lines in enumerate(corpus.lines)]
        db.executemany("insert into t (rowid, text) values (?, ?)", texts)
        for row, query in zip(scores, queries, strict=True):
            match = between.join(f'"{term}"' for term in dict.fromkeys(re.findall(r"\w+", query.lower())))
            for n, score in db.execute("select rowid, bm25(t) from t where t match ?", (match,)):
                row[n] = -score
    return scores


def _stems(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.lower())
    return [_stem(word) for word in words if word not in STOP]


@cache
def _stem(word: str) -> str:
    if util.find_spec("snowballstemmer"):
        return str(import_module("snowballstemmer").stemmer("english").stemWord(word))
    db = _porter()
    db.execute("delete from t")
    db.execute("insert into t values (?)", (word,))
    found = db.execute("select term from v").fetchone()
    return str(found[0]) if found else word


@cache
def _porter() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(text, tokenize='porter unicode61')")
    db.execute("create virtual table v using fts5vocab(t, 'row')")
    return db


@cache
def _encoder() -> MiniLm:
    return MiniLm(MODEL)


def _encoded(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts, each different one encoded once, and kept: the same texts are not encoded again."""
    different = list(dict.fromkeys(texts))
    kept = CACHE / "vectors" / f"{hashlib.sha256(chr(0).join(different).encode()).hexdigest()}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, _encoder().encode(different))
    vectors: NDArray[np.float32] = np.load(kept)
    place = {text: n for n, text in enumerate(different)}
    return vectors[[place[text] for text in texts]]
