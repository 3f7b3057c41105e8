"""Codes, amounts, inflected and mistyped words and Chinese, found by words alone, over an invented memory.

`python -m tests.bench.recall_words [--seed N] [--moments N]`. Each query has one right moment; near it stand
others that look alike: codes of the same series, amounts of the same digits, the same letters apart.
Constants were tuned with seed 1; figures are reported with seed 2. Misreadings are drawn from a table of what
readers of text take for each other, which holds more than the program knows, and from letters lost, doubled
and replaced. Baselines over the same texts: FTS5 with porter and OR (words as they were before spellings),
FTS5 with trigrams joined by OR, LIKE over the text.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from memory.ledger import frames, readings, search
from memory.ledger.connection import Db, Ledger
from memory.recall.retrieval.terms import weigh
from memory.recall.retrieval.wording import by_words
from memory.records import Understood
from tests.bench.recall_tables import OURS, at, table
from tests.support.builders import KEY, a_frame, a_reading

DEPTH = 10
EACH = 100
"""Queries of a kind."""

ALIKE = 3
"""Screens beside the right one that show something like it."""

CONFUSED = (
    *("O0", "0O", "0o", "1l", "l1", "I1", "1I", "5S", "S5", "8B", "B8", "2Z", "Z2", "6G", "G6", "D0", "0D"),
    *("9g", "9q", "1|", "7T", "4A", "38", "uv", "ec", "hb", "ij", "ft", "1i", "il", "li", "oc", "ce", "nm"),
)
TWO = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"))

# One form, another one: nouns, adjectives, weak and strong verbs; the first list was kept back.
KEPT_BACK = """
    Mahnung Mahnungen, Sitzung Sitzungen, Anlage Anlagen, Versuch Versuche, Einkauf Einkäufe, Zugang
    Zugänge, Umschlag Umschläge, Schlüssel Schlüsseln, Garten Gärten, Fahrplan Fahrpläne, Bahnhof
    Bahnhöfe, Turm Türme, Grund Gründe, Fluss Flüsse, Kuss Küsse, Rad Räder, Schloss Schlösser, Volk
    Völker, Maus Mäuse, Faust Fäuste, Ausgabe Ausgaben, Reihe Reihen, Summe Summen, Grenze Grenzen,
    Vorlage Vorlagen, Ärztin Ärztinnen, Kollegin Kolleginnen, Zeitung Zeitungen, Ursache Ursachen,
    Protokoll Protokolle, Entwurf Entwürfe, Hinweis Hinweise, Paket Pakete, Monitor Monitore, wichtig
    wichtige, gültig gültiger, fertig fertige, warten gewartet, stellen gestellt, speichern gespeichert,
    mieten mietete, suchen sucht, planen plante, testen getestet, melden gemeldet, fordern gefordert,
    sichern gesichert, verkaufen verkauft, besuchen besucht, kurz kurze, schieben geschoben, steigen
    gestiegen, schlafen geschlafen, rufen gerufen, halten gehalten, fangen gefangen, bieten geboten,
    gießen gegossen, schließen geschlossen, sitzen gesessen, stehen gestanden, springen gesprungen,
    zwingen gezwungen, beginnen begonnen, verschieben verschoben, abschicken abgeschickt, eintragen
    eingetragen, ausfüllen ausgefüllt, vorlesen vorgelesen, mitnehmen mitgenommen, zurückrufen
    zurückgerufen
"""
GERMAN = """
    Lieferung Lieferungen, Zahlung Zahlungen, Kündigung Kündigungen, Bestellung Bestellungen, Vorgang
    Vorgänge, Antrag Anträge, Bescheid Bescheide, Anhang Anhänge, Kabel Kabeln, Werkzeug Werkzeuge, Baum
    Bäume, Schrank Schränke, Zahn Zähne, Kopf Köpfe, Stuhl Stühle, Dach Dächer, Wald Wälder, Glas
    Gläser, Band Bänder, Blatt Blätter, Kraft Kräfte, Nacht Nächte, Wand Wände, Stadt Städte, Koffer
    Koffern, Lampe Lampen, Straße Straßen, Frage Fragen, Tabelle Tabellen, Zeile Zeilen, Spalte Spalten,
    Kennzahl Kennzahlen, Lehrerin Lehrerinnen, Nachbarin Nachbarinnen, Wohnung Wohnungen, Gebühr
    Gebühren, Termin Termine, Beleg Belege, Gutschein Gutscheine, Formular Formulare, dringend
    dringende, offen offene, billig billiger, kaufen gekauft, zahlen zahlte, liefern geliefert, prüfen
    geprüft, ändern geändert, löschen gelöscht, drucken gedruckt, kochen kochte, packen gepackt,
    bestellen bestellt, erledigen erledigt, buchen gebucht, fahren fuhr, tragen trug, finden gefunden,
    trinken getrunken, singen gesungen, fliegen geflogen, schneiden geschnitten, greifen griff, bleiben
    geblieben, ziehen gezogen, verlieren verloren, helfen geholfen, werfen geworfen, brechen gebrochen,
    sprechen gesprochen, treffen getroffen, nehmen genommen, laufen lief, anrufen angerufen,
    aufschreiben aufgeschrieben, abnehmen abgenommen, einladen eingeladen
"""

Show = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """A query, the lines of its one right screen, and those of screens like it."""

    kind: str
    query: str
    right: str
    like: tuple[str, ...]


class World:
    """What is invented: words of syllables, codes of several series, amounts, Chinese of drawn letters."""

    def __init__(self, seed: int) -> None:
        self.chance, self.tuned = random.Random(seed), seed == 1
        syllables = [
            c + v for c in "bdfghklmnprstvwz" for v in ("a", "e", "i", "o", "u", "ei", "an", "er", "or")
        ]
        self.words = sorted(
            {"".join(self.chance.choices(syllables, k=k)) for k in (2, 3, 4, 5) for _ in range(1_500)}
        )
        self.han = [chr(0x4E00 + n) for n in self.chance.sample(range(0x5000), 1_500)]
        self.lexicon = ["".join(self.chance.sample(self.han, k)) for k in (2, 2, 2, 3) for _ in range(500)]
        self._given: set[str] = set()

    def code(self) -> str:
        """One that was not given before."""
        while (code := self._code()) in self._given:
            continue
        self._given.add(code)
        return code

    def word(self) -> str:
        """A long word that stands nowhere else."""
        while len(word := self.sentence(1) + self.sentence(1)[:5]) < 8 or word in self._given:
            continue
        self._given.add(word)
        return word

    def mistyped(self, word: str) -> str:
        """A letter lost, doubled, exchanged with the next, or another one."""
        n = self.chance.randrange(1, len(word) - 1)
        other = self.chance.choice("abcdefghiklmnoprstuw")
        wrong = (word[n + 1] + word[n], word[n] * 2 + word[n + 1], word[n + 1], other + word[n + 1])
        return word[:n] + self.chance.choice(wrong) + word[n + 2 :]

    def _code(self) -> str:
        chance, word = self.chance, self.chance.choice(self.words)
        number = chance.randrange(1, 9_999)
        return chance.choice(
            (
                f"{word[:2].upper()}-{chance.randrange(2019, 2030)}-{number:04}",
                f"{word[:3]}-{chance.choice(('db', 'web', 'mx'))}-{chance.randrange(10, 99)}",
                f"{word[:4].upper()}{number:05}",
                f"v{chance.randrange(2, 9)}.{chance.randrange(10, 60)}.{chance.randrange(10, 99)}",
                f"{chance.randrange(16**8):08x}-{chance.randrange(16**4):04x}",
                f"/srv/{word}/run_{number:04}.log",
                f"{word}.{word[::-1]}{chance.randrange(10, 99)}@{word[:4]}.example",
                f"https://{word}.example/t/{number:05}",
                f"{number:04} {chance.randrange(1000, 9999)} {chance.randrange(1000, 9999)}",
            )
        )

    def amount(self) -> tuple[str, ...]:
        """One amount in four formats."""
        whole, cents = self.chance.randrange(1_000, 99_999), self.chance.randrange(1, 99)
        said = f"{whole:,}.{cents:02}"
        german = said.translate(str.maketrans(",.", ".,"))
        return said, german, said.replace(",", ""), said.replace(",", " "), said.replace(",", "'")

    def like(self, code: str) -> str:
        """Another code of its series: one digit differs."""
        n = self.chance.choice([n for n, sign in enumerate(code) if sign.isdigit()])
        found = code[:n] + self.chance.choice([d for d in "123456789" if d != code[n]]) + code[n + 1 :]
        self._given.add(found)
        return found

    def misread(self, text: str, times: int) -> str:
        for _ in range(times):
            text = self.chance.choice(list(self._misreadings(text)))
        return text

    def _misreadings(self, text: str) -> Iterator[str]:
        """Half by the table where it says anything, else a letter lost, doubled or replaced."""
        known = [
            text[:n] + p[1] + text[n + 1 :] for n, sign in enumerate(text) for p in CONFUSED if p[0] == sign
        ]
        known += [text.replace(two, one, 1) for two, one in TWO if two in text]
        n = self.chance.choice([n for n, sign in enumerate(text) if sign.isalnum()])
        any_sign = self.chance.choice("abcdefghkmnprtuvwxy34679")
        wrong = [text[:n] + text[n + 1 :], text[:n] + text[n] + text[n:], text[:n] + any_sign + text[n + 1 :]]
        yield from known if known and self.chance.random() < 0.7 else wrong

    def sentence(self, count: int = 12) -> str:
        return " ".join(
            self.chance.choices(self.words, [1 / (n + 3) for n in range(len(self.words))], k=count)
        )

    def chinese(self, but: Sequence[str] = ()) -> str:
        words = [word for word in self.chance.choices(self.lexicon, k=9) if word not in but]
        return "".join(words[:4]) + "，" + "".join(words[4:]) + "。"


def asked(world: World) -> list[Asked]:
    found: list[Asked] = []
    for _ in range(EACH):
        for kind, times in (("code, exact", 0), ("code, 1 misread", 1), ("code, 2 misread", 2)):
            code = world.code()
            found.append(
                Asked(kind, code, world.misread(code, times), tuple(world.like(code) for _ in range(ALIKE)))
            )
        said, *others = world.amount()
        found.append(
            Asked(
                "amount, other format",
                world.chance.choice(others),
                said,
                tuple(world.like(said) for _ in range(ALIKE)),
            )
        )
        word = world.word()
        found.append(Asked("word mistyped", world.mistyped(word), word, ()))
        word = world.word()
        found.append(Asked("word misread on the screen", word, world.misread(word, 1), ()))
        one, *rest = world.chance.sample(world.han, 6)
        right = f"{world.chinese()[:5]}{one}{rest[0]}{world.chinese()[:5]}"
        apart = tuple(f"{world.chinese()[:4]}{one}{a}{rest[0]}{world.chinese()[:4]}" for a in rest[1:])
        found.append(Asked("Chinese word", one + rest[0], right, apart))
    for pair in (GERMAN if world.tuned else KEPT_BACK).split(","):
        query, right = world.chance.sample(pair.split(), 2)
        found.append(Asked("German, other form", query, right, ()))
    return found


def fill(
    ledger: Ledger, world: World, queries: Sequence[Asked], count: int
) -> tuple[list[set[int]], list[str]]:
    """The right moments of each query and all texts; screens of its own hold each line among others."""
    lines = [(n, text) for n, one in enumerate(queries) for text in (one.right,)]
    lines += [(-1, text) for one in queries for text in one.like]
    lines += [(-1, world.code()) for _ in range(max(0, count - len(lines)))]
    world.chance.shuffle(lines)
    right: list[set[int]] = [set() for _ in queries]
    texts = []
    with ledger.writing() as db:
        for n, (query, text) in enumerate(lines):
            around = [world.sentence() for _ in range(6)] + [world.chinese(), " ".join(world.amount()[:1])]
            shown = [*around[:4], f"{world.sentence(3)} {text} {world.sentence(3)}", *around[4:]]
            frame = frames.add(
                db, a_frame(600 * n, title=f"{world.chance.choice(world.words)} {n % 40}"), None
            )
            readings.add(db, frame, a_reading(*shown))
            moment = frames.moment_of(db, frame)
            readings.index_words(db, moment)
            texts.append("\n".join(shown))
            if query >= 0:
                right[query].add(moment)
    return right, texts


# ------------------------------------------------------------------ ways


def ours(db: Db, query: str) -> list[int]:
    terms = weigh(db, Understood(query), query)
    return [id for id, _ in by_words(db, terms, DEPTH, None, None, None)]


def plain(db: Db, query: str) -> list[int]:
    terms = weigh(db, Understood(query), query)
    return [id for id, _ in search.words(db, terms.match, DEPTH, None, None, None)] if terms.match else []


def trigram(texts: Sequence[str]) -> Callable[[str], list[int]]:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(text, tokenize='trigram')")
    db.executemany("insert into t (rowid, text) values (?, ?)", list(enumerate(texts, 1)))

    def ask(query: str) -> list[int]:
        pieces = dict.fromkeys(query[n : n + 3] for n in range(max(1, len(query) - 2)))
        match = " OR ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
        return [
            id
            for (id,) in db.execute(
                "select rowid from t where t match ? order by bm25(t) limit ?", (match, DEPTH)
            )
        ]

    return ask


def like(texts: Sequence[str]) -> Callable[[str], list[int]]:
    folded = [text.lower() for text in texts]
    return lambda query: [n for n, text in enumerate(folded, 1) if query.lower() in text][:DEPTH]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recall_words", description=__doc__)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--moments", type=int, default=4_000)
    options = parser.parse_args()
    world = World(options.seed)
    queries = asked(world)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Ledger.create(Path(folder) / "ledger", KEY)) as ledger,
    ):
        right, texts = fill(ledger, world, queries, options.moments)
        with ledger.reading() as db:
            ways: dict[str, Callable[[str], list[int]]] = {
                OURS: lambda query: ours(db, query),
                "FTS5 BM25, porter, OR (before)": lambda query: plain(db, query),
                "FTS5 trigram, OR": trigram(texts),
                "LIKE": like(texts),
            }
            found = {}
            for way, ask in ways.items():
                began = time.process_time()
                given = [ask(one.query) for one in queries]
                ms = (time.process_time() - began) / len(queries) * 1000
                print(f"{way}: {ms:.1f} ms of processor a query")
                found[way] = [
                    next((n for n, id in enumerate(ids, 1) if id in wanted), None)
                    for ids, wanted in zip(given, right, strict=True)
                ]
    print(f"\n{len(texts)} moments, seed {options.seed}\n")
    for kind in dict.fromkeys(one.kind for one in queries):
        only = [n for n, one in enumerate(queries) if one.kind == kind]
        table(kind, found, (at(1), at(10)), only)


if __name__ == "__main__":
    main()
