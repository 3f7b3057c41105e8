"""Inflected words of German and English: which forms belong to one word, by suffixes and a table of verbs."""

from __future__ import annotations

import re

# Forms that no suffix rule leads back to their verb.
ENGLISH = {
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chose chosen",
    "draw": "drew drawn",
    "drive": "drove driven",
    "eat": "ate eaten",
    "fall": "fell fallen",
    "feel": "felt",
    "find": "found",
    "fly": "flew flown",
    "forget": "forgot forgotten",
    "hold": "held",
    "keep": "kept",
    "leave": "left",
    "lend": "lent",
    "lose": "lost",
    "meet": "met",
    "pay": "paid",
    "rise": "rose risen",
    "run": "ran",
    "sell": "sold",
    "send": "sent",
    "speak": "spoke spoken",
    "spend": "spent",
    "steal": "stole stolen",
    "teach": "taught",
    "think": "thought",
    "throw": "threw thrown",
    "wake": "woke woken",
    "win": "won",
    "write": "wrote written",
    "begin": "began begun",
    "break": "broke broken",
    "child": "children",
    "man": "men",
    "person": "people",
    "woman": "women",
}

# The stem of a strong verb, then the stems it takes in other tenses; umlauts folded, as all words are here.
_GERMAN = """
    beginn begann begonn, beiss biss, bieg bog, biet bot, bind band bund, bitt bat gebet, bleib
    blieb, brech brach broch brich, bring brach, denk dach, dring drang drung, empfehl empfahl
    empfohl empfiehl, ess gegess, fahr fuhr, fall fiel, fang fing, find fand fund, flieg flog,
    fliess floss, frier fror, geb gab gib, geh ging gang, geniess genoss, gewinn gewann gewonn,
    giess goss, greif griff, halt hielt, hang hing, heb hob, heiss hiess, helf half holf hilf, kenn
    kann, komm kam, lad lud, lass liess, lauf lief, leid litt, leih lieh, les las lies, lieg lag,
    mess mass miss, nehm nahm nomm nimm, nenn nann, rat riet, reiss riss, reit ritt, ruf rief,
    schein schien, schieb schob, schlaf schlief, schlag schlug, schliess schloss, schneid schnitt,
    schreib schrieb, schwimm schwamm schwomm, seh sah sieh, send sand, sing sang sung, sink sank
    sunk, sitz sass sess, sprech sprach sproch sprich, spring sprang sprung, steh stand, steig
    stieg, stoss stiess, streit stritt, trag trug, treff traf troff triff, treib trieb, trink trank
    trunk, verlier verlor, wachs wuchs, weis wies, werf warf worf wirf, wieg wog, zieh zog, zwing
    zwang zwung
"""

_BASE_OF = {form: base for base, forms in ENGLISH.items() for form in forms.split()}
_VERBS = {base: tuple(rest) for base, *rest in (entry.split() for entry in _GERMAN.split(","))}
_VERB_OF = {form: base for base, forms in _VERBS.items() for form in forms}

_PREFIXES = """ab an auf aus be bei durch ein ent er fort hin her mit nach uber um unter ver vor weg wider
    zer zu zuruck"""
_PREFIX = "|".join(sorted(_PREFIXES.split(), key=len, reverse=True))
_SEPARATE = re.compile(rf"({_PREFIX})(?=\w{{3}})")
_PARTICIPLE = re.compile(rf"((?:{_PREFIX})?)ge(\w{{3,}}?)(?:et|t|en)")
_WEAK = re.compile(rf"((?:{_PREFIX})?)ge(\w{{3,}}t)")
_UMLAUT = re.compile(r"([ao])e|(?<![aeq])(u)e")
_SUFFIX = re.compile(r"(\w{3,}?)(?:(?<=in)nen|ern|em|er|en|es|e|(?<=[bdfghklmnrt])s|(?<=[elr])n)")
_VERBAL = re.compile(r"(\w{4,}?)(?:tet|est|st|et|t)")
_LAST_VOWEL = re.compile(r"(.*)(a(?=u)|[ao]|(?<!a)u)(.*?)")

SHORTEST = 4
"""Letters of what forms share: below that those of different words meet (a pan and a pane)."""


def base(word: str) -> str:
    """The base of an irregular English form; other words as they are."""
    return _BASE_OF.get(word, word)


def forms(word: str) -> tuple[str, ...]:
    """A word and what belongs to it that no suffix rule finds: its base form, and the base's other forms."""
    root = base(word)
    if root not in ENGLISH:
        return (word,)
    return tuple(dict.fromkeys((word, root, *ENGLISH[root].split())))


def key(word: str, verbal: bool = False) -> str:
    """What the German forms of a folded word share: "rechnungen", "hauser" and "haeuser", "geschrieben".

    Suffixes fall away as in Snowball's German stemmer (a light form of it), "ge" of participles too, and
    strong verbs are led back to their present; of what is taken for a verb its endings with t as well.
    """
    plain = _UMLAUT.sub(lambda found: found[1] or found[2], word.replace("ß", "ss"))
    participle = _PARTICIPLE.fullmatch(plain)
    if participle:
        stem = _verb(participle[1] + participle[2])
        if stem:
            return stem
    stripped = _SUFFIX.fullmatch(plain)
    stem = stripped[1] if stripped else plain
    ending = _VERBAL.fullmatch(stem)
    shorter = ending[1] if ending else stem
    return _verb(stem) or _verb(shorter) or (shorter if verbal else stem)


def _verb(stem: str) -> str:
    """The present stem of a strong verb's stem, with its prefix; empty for any other."""
    for cut in (0, *(found.end() for found in [_SEPARATE.match(stem)] if found)):
        rest = stem[cut:]
        for root in (rest, rest.removesuffix("t")):
            if root in _VERBS or root in _VERB_OF:
                return stem[:cut] + _VERB_OF.get(root, root)
    return ""


def same(word: str, other: str) -> bool:
    """Whether two folded words are forms of one. An ending with t tells them apart unless one of them ends as
    infinitives do: a chart is no char.
    """
    if key(word) == key(other):
        return True
    return (word.endswith("n") or other.endswith("n")) and not _roots(word).isdisjoint(_roots(other))


def _roots(word: str) -> set[str]:
    """The stems that a word may have as a verb: "liefern" is no form of "lief", "geliefert" is one of it."""
    found = {key(word, verbal=True)}
    if word.endswith(("ern", "eln")):
        found = {word[:-1]}
    participle = _WEAK.fullmatch(word)
    if participle:
        found.add(key(participle[1] + participle[2], verbal=True))
    return found


def beginnings(word: str) -> tuple[str, ...]:
    """With what its other forms may begin: where they are to be looked for in a list of words."""
    root = min(_roots(word), key=len) if word.endswith(("n", "t", "te")) else key(word)
    if (len(root) < SHORTEST and root not in _VERBS) or not word.isalpha():
        return ()
    found = [root, f"ge{root}"]
    cut = next((m.end() for m in [_SEPARATE.match(root)] if m and root[m.end() :] in _VERBS), 0)
    for stem in _VERBS.get(root[cut:], ()):
        found += [root[:cut] + stem, f"{root[:cut]}ge{stem}"]
    if cut:
        found.append(f"{root[:cut]}ge{root[cut:]}")
    vowel = _LAST_VOWEL.fullmatch(root)
    if vowel:
        found.append(f"{vowel[1]}{vowel[2]}e{vowel[3]}")
    found += [start.replace("ss", "ß") for start in found]
    return tuple(dict.fromkeys(found))
