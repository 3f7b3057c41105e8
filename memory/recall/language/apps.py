"""Applications named in words: by their own name, or by their class ("the browser", "im Terminal")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.trust import BROWSERS

# Word of a class -> parts of the names of applications that belong to it (case-folded).
_CLASSES: dict[str, tuple[str, ...]] = {
    "browser": BROWSERS,
    "terminal": (
        "term",
        "konsole",
        "kitty",
        "alacritty",
        "tilix",
        "wezterm",
        "powershell",
        "cmd.exe",
        "foot",
    ),
    "editor": (
        "mousepad",
        "gedit",
        "kate",
        "kwrite",
        "code",
        "codium",
        "sublime",
        "emacs",
        "vim",
        "notepad",
        "textedit",
        "geany",
        "pluma",
        "xed",
        "atom",
        "edit",
    ),
    "mail": ("mail", "thunderbird", "outlook", "evolution", "kmail", "geary", "mutt"),
    "pdf viewer": (
        "zathura",
        "mupdf",
        "evince",
        "okular",
        "acrobat",
        "reader",
        "preview",
        "xpdf",
        "atril",
        "pdf",
    ),
    "image viewer": (
        "feh",
        "eog",
        "gwenview",
        "photos",
        "viewer",
        "ristretto",
        "gthumb",
        "nomacs",
        "imv",
        "sxiv",
    ),
    "file manager": ("nautilus", "thunar", "dolphin", "pcmanfm", "explorer", "finder", "nemo", "files"),
    "spreadsheet": ("calc", "excel", "gnumeric", "numbers"),
    "word processor": ("writer", "word", "abiword", "pages"),
    "chat": (
        "slack",
        "teams",
        "discord",
        "element",
        "signal",
        "telegram",
        "whatsapp",
        "mattermost",
        "zulip",
        "chat",
    ),
}

_CALLED: dict[str, str] = {
    "web browser": "browser",
    "webbrowser": "browser",
    "console": "terminal",
    "konsole": "terminal",
    "shell": "terminal",
    "command line": "terminal",
    "kommandozeile": "terminal",
    "text editor": "editor",
    "texteditor": "editor",
    "mail program": "mail",
    "mail client": "mail",
    "mailprogramm": "mail",
    "document viewer": "pdf viewer",
    "pdf reader": "pdf viewer",
    "pdf-betrachter": "pdf viewer",
    "picture viewer": "image viewer",
    "photo viewer": "image viewer",
    "bildbetrachter": "image viewer",
    "file browser": "file manager",
    "dateimanager": "file manager",
    "tabellenkalkulation": "spreadsheet",
}

_WORDS = sorted({*_CLASSES, *_CALLED}, key=len, reverse=True)
_LED = (
    r"\b(?:in|on|with|using|via|from|im|in der|in dem|mit|mit dem|mit der|aus dem)\s+"
    r"(?:the\s+|my\s+|dem\s+|der\s+|einem\s+)?"
)
_CLASS_PHRASE = re.compile(_LED + rf"(?P<word>{'|'.join(map(re.escape, _WORDS))})\b", re.IGNORECASE)


def find_apps(text: str, known: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Names of applications that the text means, out of those known, and the text without the phrase.

    A name needs a word like "in" or "with" before it, or its own spelling with a capital: "the code" is no
    application, "in Code" is. A class that has no known member names nothing, and its words stay.
    """
    found: list[str] = []
    for name in sorted({n for n in known if n}, key=len, reverse=True):
        pattern = re.compile(_LED + rf"{re.escape(name)}\b", re.IGNORECASE)
        if pattern.search(text):
            found.append(name)
            text = pattern.sub(" ", text)
        elif len(name) > 2 and name[0].isupper() and re.search(rf"(?<!^)\b{re.escape(name)}\b", text):
            found.append(name)
    for match in list(_CLASS_PHRASE.finditer(text)):
        word = match["word"].lower()
        parts = _CLASSES[_CALLED.get(word, word)]
        members = [n for n in known if any(part in n.casefold() for part in parts)]
        if members:
            found.extend(members)
            text = text.replace(match[0], " ")
    return tuple(dict.fromkeys(found)), re.sub(r"\s+", " ", text).strip()


def class_of(app: str) -> str | None:
    """What kind of application it is, in a word: "browser", "terminal"; None where that is not known."""
    low = app.casefold()
    return next((word for word, parts in _CLASSES.items() if any(part in low for part in parts)), None)
