"""No rule set ever lets a matching window through, and what is not known is refused."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from capture.exclusions import MARGIN, Allow, Black, Exclusions, Refuse, decide, host_of
from memory.records import Active, Rule, Window

EDITOR = Window("Mousepad", "notes.md - Mousepad", 0, 0, 800, 600, 0)
VAULT = Window("KeyKeeper", "All items", 200, 100, 400, 300, 1)
VAULT_RULE = Rule("app", "KeyKeeper")


def in_front(window: Window, url: str | None = None) -> Active:
    return Active(window.app, window.title, url)


def test_unknown_windows_are_refused() -> None:
    assert decide(None, None, []) == Refuse("the visible windows are not known", "unsure")


def test_an_empty_desk_is_allowed() -> None:
    assert decide((), None, [VAULT_RULE]) == Allow()


def test_a_rule_without_words_is_refused() -> None:
    decision = decide([EDITOR], None, [Rule("title", " \u200b ")])
    assert isinstance(decision, Refuse)
    assert decision.kind == "unsure"


@pytest.mark.parametrize("windows", [[EDITOR, VAULT], [VAULT, EDITOR], [VAULT]])
def test_a_rule_holds_for_every_visible_window(windows: list[Window]) -> None:
    decision = decide(windows, in_front(EDITOR), [VAULT_RULE])
    assert isinstance(decision, Refuse)
    assert decision.kind == "excluded"
    assert "KeyKeeper" not in decision.reason


def test_the_window_in_front_counts_where_it_is_not_listed() -> None:
    assert isinstance(decide([], in_front(VAULT), [VAULT_RULE]), Refuse)


def test_blacking_out_covers_the_window_with_a_margin_and_unnames_it() -> None:
    decision = decide([EDITOR, VAULT], in_front(EDITOR), [replace(VAULT_RULE, mode="black")])
    box = (200 - MARGIN, 100 - MARGIN, 400 + 2 * MARGIN, 300 + 2 * MARGIN)
    assert decision == Black((box,), (EDITOR,))


def test_leaving_out_outweighs_blacking_out() -> None:
    rules = [replace(VAULT_RULE, mode="black"), Rule("title", "all items")]
    assert isinstance(decide([EDITOR, VAULT], in_front(EDITOR), rules), Refuse)


def test_a_window_to_black_out_in_front_is_left_out_as_it_would_name_the_frame() -> None:
    rules = [replace(VAULT_RULE, mode="black")]
    assert isinstance(decide([EDITOR, VAULT], in_front(VAULT), rules), Refuse)


def test_a_window_to_black_out_without_a_place_is_refused() -> None:
    nowhere = replace(VAULT, w=0)
    decision = decide([EDITOR, nowhere], in_front(EDITOR), [replace(VAULT_RULE, mode="black")])
    assert isinstance(decision, Refuse)
    assert decision.kind == "unsure"


@pytest.mark.parametrize("app", ["onceseen", "Onceseen"])
def test_own_windows_are_never_shown(app: str) -> None:
    own = replace(VAULT, app=app)
    assert isinstance(decide([EDITOR, own], in_front(EDITOR), []), Black)
    decision = decide([EDITOR, own], in_front(own), [])
    assert isinstance(decision, Refuse)
    assert decision.kind == "own"


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("vault", "The VAULT: all items", True),
        ("vault", "vaulting", False),
        ("vault", "my-vault_2", True),
        ("password manager", "PasswordManager", True),
        ("password manager", "password - manager", True),
        ("password manager", "password of the manager", False),
        ("Müller", "mueller", False),
        ("Müller", "MULLER & Co", True),
        ("strasse", "Lange Straße 3", True),
        ("vault", "va\u200bult", True),
        ("incognito", "ｉｎｃｏｇｎｉｔｏ", True),
        ("密码库", "我的密码库管理", True),
        ("vault", "我的Vault密码", True),
        ("***", "now *** here", True),
        ("***", "now ** here", False),
    ],
)
def test_patterns_are_whole_words_case_folded(pattern: str, text: str, found: bool) -> None:
    window = replace(EDITOR, title=text)
    assert isinstance(decide([window], None, [Rule("title", pattern)]), Refuse) is found


def test_fields_are_looked_at_apart() -> None:
    window = Window("Mail", "Chat", 0, 0, 10, 10, 0)
    assert isinstance(decide([window], None, [Rule("app", "mail")]), Refuse)
    assert decide([window], None, [Rule("title", "mail")]) == Allow()
    assert decide([window], None, [Rule("app", "chat")]) == Allow()
    assert isinstance(decide([window], None, [Rule("any", "chat")]), Refuse)


def test_an_application_is_also_read_as_its_parts() -> None:
    window = Window("KeyKeeper", "", 0, 0, 10, 10, 0)
    assert isinstance(decide([window], None, [Rule("app", "keeper")]), Refuse)
    assert decide([replace(window, app="Zookeeper")], None, [Rule("app", "keeper")]) == Allow()


@pytest.mark.parametrize(
    ("pattern", "url", "found"),
    [
        ("mybank.example", "https://mybank.example/accounts", True),
        ("mybank.example", "https://login.mybank.example:8443/", True),
        ("https://www.mybank.example/x", "https://mybank.example", True),
        ("mybank", "https://login.mybank.example/", True),
        ("mybank.example", "https://notmybank.example/", False),
        ("mybank.example", "https://mybank.example.evil.test/", False),
        ("mybank.example", "https://news.test/?about=mybank.example", False),
        ("bücher.example", "https://xn--bcher-kva.example/", True),
        ("mybank.example", "https://[broken", False),
    ],
)
def test_a_site_is_known_by_its_host(pattern: str, url: str, found: bool) -> None:
    decision = decide([EDITOR], in_front(EDITOR, url), [Rule("site", pattern)])
    assert isinstance(decision, Refuse) is found


@pytest.mark.parametrize(
    ("pattern", "title", "found"),
    [
        ("mybank.example", "Accounts | MyBank - Chromium", True),
        ("mybank.co.uk", "Accounts | MyBank - Chromium", True),
        ("mail.sorn.example", "Inbox - Sorn Mail - Chromium", True),
        ("mail.sorn.example", "The Sorn rises - Chromium", False),
        ("mybank.example", "An example of banks - Chromium", False),
    ],
)
def test_a_site_is_known_by_the_words_of_a_title(pattern: str, title: str, found: bool) -> None:
    window = replace(EDITOR, title=title)
    assert isinstance(decide([window], None, [Rule("site", pattern)]), Refuse) is found


def test_hosts() -> None:
    assert host_of("https://WWW.Example.com:80/a?b") == "example.com"
    assert host_of("example.com/a") == "example.com"
    assert host_of("") == ""


WORDS = ("vault", "bank", "Schlüssel", "密码", "diary", "KeyKeeper", "приватный", "x", "***", "my bank", "ß")
FILLERS = ("", " - ", "notes", " Chromium", "_", "(", ")", "12", "日本", "é")


def test_no_rule_set_ever_lets_a_matching_window_through() -> None:
    """Any rule whose pattern stands as a word in any window's title or application refuses or blacks out."""
    chance = random.Random(7)
    for _ in range(600):
        rules = [
            Rule(
                chance.choice(("app", "title", "any")),
                chance.choice(WORDS),
                chance.choice(("leave", "black")),
            )
            for _ in range(chance.randint(1, 4))
        ]
        rule = chance.choice(rules)
        words = f"{chance.choice(FILLERS)} {rule.pattern.upper()} {chance.choice(FILLERS)}"
        caught = (
            Window(words, "", 5, 6, 70, 80, 2) if rule.field == "app" else Window("a", words, 5, 6, 70, 80, 2)
        )
        windows = [EDITOR, caught, replace(EDITOR, stack=3)]
        chance.shuffle(windows)
        decision = Exclusions(rules).decide(windows, chance.choice((None, in_front(EDITOR))))
        assert isinstance(decision, Refuse | Black), (rule, words)
        if isinstance(decision, Black):
            assert caught not in decision.windows
            assert any(x <= 5 and y <= 6 and x + w >= 75 and y + h >= 86 for x, y, w, h in decision.boxes)


def test_every_input_has_a_decision() -> None:
    """Total: titles and patterns of any characters never raise."""
    chance = random.Random(11)
    odd = "\x00\u202e\ud7ff\uffff\U0001f511[](){}*+?\\|^$.#ÀßİıǅﬁŒ"
    for _ in range(400):
        text, pattern = ("".join(chance.choices(odd + "ab ", k=chance.randint(0, 9))) for _ in range(2))
        field = chance.choice(("app", "title", "site", "any"))
        decision = decide([replace(EDITOR, title=text)], Active(text, pattern, text), [Rule(field, pattern)])
        assert isinstance(decision, Allow | Black | Refuse)
