"""The seeded rules know vaults, banks and private browsing in the languages of the common browsers."""

from __future__ import annotations

import pytest

from capture.exclusions import Allow, Exclusions, Refuse
from capture.seeded import PRIVATE_BROWSING, seeded_rules
from memory.records import Window

SEEDED = Exclusions(seeded_rules())

PRIVATE = (
    "Anniversary rings - Private Browsing | Auric Rings - Chromium",
    "New Tab - Google Chrome (Incognito)",
    "Start page - [InPrivate] - Microsoft Edge",
    "Neuer Tab - Chromium (Inkognito)",
    "Mozilla Firefox (Privater Modus)",
    "Mozilla Firefox — Navigation privée",
    "Mozilla Firefox (Navegación privada)",
    "Nueva pestaña - Google Chrome (Incógnito)",
    "Mozilla Firefox (Navigazione anonima)",
    "Mozilla Firefox (Navegação privativa)",
    "Mozilla Firefox (Privénavigatie)",
    "Mozilla Firefox (privat surfning)",
    "Mozilla Firefox (Privat browsing)",
    "Mozilla Firefox (Privat nettlesing)",
    "Mozilla Firefox (yksityinen selaus)",
    "Mozilla Firefox (Tryb prywatny)",
    "Mozilla Firefox (Anonymní prohlížení)",
    "Mozilla Firefox (súkromné prehliadanie)",
    "Mozilla Firefox (privát böngészés)",
    "Mozilla Firefox (Navigare privată)",
    "Mozilla Firefox (Gizli Gezinti)",
    "Mozilla Firefox (Ιδιωτική περιήγηση)",
    "Mozilla Firefox (Приватный просмотр)",
    "Mozilla Firefox (Приватний перегляд)",
    "Mozilla Firefox (Поверително сърфиране)",
    "Mozilla Firefox (プライベートブラウジング)",
    "新しいタブ - Google Chrome（シークレット モード）",
    "Mozilla Firefox (사생활 보호 모드)",
    "새 탭 - Chrome(시크릿모드)",
    "Mozilla Firefox (隐私浏览)",
    "新标签页 - Google Chrome（隐身模式）",
    "新分頁 - Google Chrome（無痕）",
    "Mozilla Firefox (التصفح الخاص)",
    "Mozilla Firefox (גלישה פרטית)",
    "Mozilla Firefox (Duyệt web riêng tư)",
    "Mozilla Firefox (การเรียกดูแบบส่วนตัว)",
    "Mozilla Firefox (निजी ब्राउज़िंग)",
)
VAULTS = (
    ("xterm", "Vault - KeyKeeper"),
    ("KeyKeeper", "All items"),
    ("KeePassXC", "Datenbank"),
    ("org.keepassxc.KeePassXC", ""),
    ("Bitwarden", ""),
    ("kwalletmanager5", ""),
    ("chromium", "Passwords - Settings"),
    ("firefox", "Passwörter – Einstellungen"),
    ("PasswordSafe", ""),
    ("chromium", "1Password – Logins"),
    ("chromium", "Account overview - Online Banking"),
    ("chromium", "Sparkasse: Kontostand"),
)
HARMLESS = (
    ("chromium", "Vaulting horse - Wikipedia"),
    ("chromium", "Apache ZooKeeper: overview"),
    ("chromium", "The goalkeeper of the year"),
    ("chromium", "The Sorn floods its banks again - The Herald"),
    ("mousepad", "~/notes/todo.md - Mousepad"),
    ("code", "reset_password.py - Visual Studio Code"),
    ("chromium", "Private health insurance compared"),
    ("thunderbird", "Inbox - Mara Tessier"),
    ("xterm", ""),
)


def shown(app: str, title: str) -> Allow | Refuse:
    return SEEDED.decide([Window(app, title, 0, 0, 100, 100, 0)], None)


@pytest.mark.parametrize("title", PRIVATE)
def test_private_browsing_is_refused(title: str) -> None:
    assert isinstance(shown("browser", title), Refuse)


@pytest.mark.parametrize(("app", "title"), VAULTS)
def test_vaults_and_banks_are_refused(app: str, title: str) -> None:
    assert isinstance(shown(app, title), Refuse)


@pytest.mark.parametrize(("app", "title"), HARMLESS)
def test_the_rest_is_allowed(app: str, title: str) -> None:
    assert shown(app, title) == Allow()


def test_at_least_twenty_languages() -> None:
    assert len(PRIVATE_BROWSING.keys() - {"any"}) >= 20


def test_each_rule_is_there_once_and_finds_itself() -> None:
    rules = seeded_rules()
    assert len({rule.pattern for rule in rules}) == len(rules)
    assert all(rule.seeded for rule in rules)
    for rule in rules:
        assert isinstance(shown("any", f"This is {rule.pattern.upper()}!"), Refuse), rule.pattern
