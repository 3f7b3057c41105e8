"""What a query wants to have been shown: photos, charts, colours, dark pages, and what is on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from memory.recall.language.words import content, tokens


def _table(text: str) -> dict[str, str]:
    """Each word of a line, "label: words", to its label."""
    rows = (line.split(":") for line in text.strip().splitlines())
    return {word: label.strip() for label, words in rows for word in words.split()}


FORMS = _table("""
    photo: photo photos photograph photographs snapshot foto fotos fotografie aufnahme
    drawing: drawing drawings illustration illustrations sketch cartoon zeichnung zeichnungen skizze
    chart: chart charts graph graphs diagram diagrams plot histogram diagramm diagramme grafik saulendiagramm
    map: map maps karte landkarte stadtplan
    any: picture pictures image images pic album gallery bild bilder galerie
""")
"""Words that say that something was shown and not written; "any" is a picture of whatever form."""

NAMED = frozenset(FORMS.values()) - {"any"}
"""The forms that a picture can be known to have."""

COLOURS = _table("""
    black: black schwarz
    grey: grey gray grau
    white: white weiss
    red: red rot
    orange: orange
    yellow: yellow gelb
    green: green grun
    turquoise: turquoise teal cyan turkis
    blue: blue blau
    purple: purple violet lila violett
    pink: pink magenta rosa
    brown: brown braun
""")
ENDINGS = "es", "er", "en", "em", "e"
"""Of German colours and shades before a noun."""

SHADES = _table("""
    dark: dark dunkel dunkl
    light: light bright hell
""")
PAGES = {
    "page",
    "pages",
    "screen",
    "window",
    "mode",
    "theme",
    "site",
    "seite",
    "fenster",
    "bildschirm",
    "modus",
}

SHOWN = _table("""
    animal: animals tier tiere
    bird: birds vogel
    fish: fische fisch
    dog: dogs puppy hund hunde hundes
    cat: cats kitten katze katzen kater
    horse: horses pferd pferde
    cow: cows kuh kuhe
    sheep: schaf schafe
    bear: bears baren
    wolf: wolves
    fox: foxes fuchs
    rabbit: rabbits bunny hase kaninchen
    monkey: monkeys affe affen
    elephant: elephants elefant elefanten
    snake: snakes schlange
    insect: insects insekt insekten
    butterfly: butterflies schmetterling
    bee: bees biene bienen
    car: cars automobile auto autos wagen
    truck: trucks lorry lastwagen lkw
    bus: buses
    train: trains zug zuge
    bicycle: bicycles bike bikes fahrrad fahrrader rad
    motorcycle: motorcycles motorbike motorrad
    plane: planes airplane airplanes aircraft flugzeug flugzeuge
    boat: boats sailboat boot boote segelboot
    ship: ships schiff schiffe
    vehicle: vehicles fahrzeug fahrzeuge
    balloon: balloons ballon ballons
    bridge: bridges brucke brucken
    building: buildings house houses gebaude haus hauser
    castle: castles schloss burg
    church: churches kirche
    lighthouse: leuchtturm
    mountain: mountains berg berge
    lake: lakes sea river see meer fluss ufer
    beach: beaches coast strand kuste
    landscape: landscapes scenery landschaft
    flower: flowers blume blumen
    mushroom: mushrooms pilz pilze
    food: meal dish essen speise gericht
    bread: brot baguette
    fruit: fruits obst frucht fruchte
    apple: apples apfel
    vegetable: vegetables gemuse
    coffee: kaffee
    wine: wein
    person: people man woman men women portrait face person personen mensch menschen mann frau gesicht
    shoe: shoes schuh schuhe
    hat: hats
    camera: cameras kamera
    book: books buch bucher
    guitar: guitars gitarre
    piano: klavier
    laptop: notebook
    phone: telephone smartphone telefon handy
    chair: chairs stuhl stuhle
    sofa: couch
""")
"""Other words, folded, for what the tags of pictures say."""

COMMON = 4.0
"""Cues that together are rarer than one in e to this many parts say it for certain."""
BESIDES = 0.3
"""What shown things count where the query asks for more, and no text has any of its words."""
TIES = 0.03
"""What they count where text has some: of two screens that say it as well, the one that shows it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Labels that a picture is to have, those of its page, and whether the query says no more than that."""

    picture: frozenset[str]
    page: frozenset[str]
    alone: bool


def shown(text: str, known: Iterable[str]) -> Shown | None:
    """What a query wants to have been shown; None where it asks for nothing that is seen.

    `known` are words that are labels themselves. A colour or a thing alone is taken for text: only with the
    word for a picture or a page ("photo", "chart", "dark page") it is looked for among pictures.
    """
    words = tokens(text)
    labels, page = set[str](), set[str]()
    forms = {FORMS[word] for word in words if word in FORMS}
    used = {word for word in words if word in FORMS}
    for n, word in enumerate(words):
        of_page = set(words[n + 1 : n + 2]) & PAGES
        colour, shade = _stemmed(word, COLOURS), _stemmed(word, SHADES)
        if of_page and (colour or shade):
            page.add(colour or shade)
            used |= {word, *of_page}
        elif colour:
            labels.add(colour)
            used.add(word)
    for word in words:
        label = SHOWN.get(word, word)
        if label in known and word not in used:
            labels.add(label)
            used.add(word)
    if not forms and not page:
        return None
    wanted = frozenset(labels | forms - {"any"}) if forms else frozenset[str]()
    return Shown(wanted, frozenset(page), used.issuperset(content(text)))


def candidates(text: str) -> set[str]:
    """Labels that the words of a query may be."""
    words = tokens(text)
    return {SHOWN.get(word, word) for word in words} | {word.removesuffix("s") for word in words}


def _stemmed(word: str, table: Mapping[str, str]) -> str:
    stems = (word, *(word.removesuffix(end) for end in ENDINGS if word.endswith(end)))
    return next((table[stem] for stem in stems if stem in table), "")


def rarities(labels: Iterable[str], counts: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each label tells: the logarithm of how many parts there are for each that has it."""
    return {label: math.log((total + 1) / (counts.get(label, 0) + 0.5)) for label in labels}


def fit(wanted: Shown, has: frozenset[str], page: frozenset[str], weights: Mapping[str, float]) -> float:
    """How well a part of a frame fits, 0..1: the share of what was wanted, and how much that tells.

    One of another form does not fit, whatever its colours.
    """
    forms = wanted.picture & NAMED
    if forms and not forms & has:
        return 0.0
    whole = sum(weights[label] for label in (*wanted.picture, *wanted.page))
    met = sum(weights[label] for label in wanted.picture & has) + sum(
        weights[label] for label in wanted.page & page
    )
    if whole <= 0:
        return 0.0
    return met / whole * min(1.0, met / COMMON)


def weight(wanted: Shown, written: bool) -> float:
    """What it counts beside text, 0..1; `written`: whether there is text with a word of the query."""
    if wanted.alone:
        return 1.0
    return TIES if written else BESIDES
