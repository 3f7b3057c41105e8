"""Secrets in a text: each form is caught, misread or not; what only resembles one survives."""

from __future__ import annotations

from itertools import pairwise

import pytest

from memory.perceive.secret_forms import IBAN_SIZES, iban_checks, luhn, spans
from memory.perceive.secrets import strike_text

# Numbers and tokens are invented, or the examples that their issuers publish.
SECRET = {
    "4539 1488 0343 6467": "[card number]",
    "4539148803436467": "[card number]",
    "4539-1488-0343-6467": "[card number]",
    "4539 1488 0343 6467, valid until 08/29": "[card number], valid until 08/29",
    "4S39 l488 O343 6467": "[card number]",
    "4539 I4BB 0343 6467": "[card number]",
    "Amex 3782 822463 10005 ok": "Amex [card number] ok",
    "6011 0009 9013 9424": "[card number]",
    "41l1 1111 llll 1111": "[card number]",
    "4111.1111.1111.1111": "[card number]",
    "paid with 3782.822463.10005.": "paid with [card number].",
    "Card 4111 1111 1111": "Card [card number]",
    "Card no. 4111 1111 1111 11": "Card no. [card number]",
    "Kreditkarte: 5391 4880 3436": "Kreditkarte: [card number]",
    "PASS: s3cret": "PASS: [password]",
    "user: bob, pass: hunter22": "user: bob, pass: [password]",
    "$ mysql -psecretpw1": "$ mysql -p[password]",
    "mysqldump -u root -p'Heron 23' tides": "mysqldump -u root -p[password] tides",
    "sshpass -p Lagune77 ssh host": "sshpass -p [password] ssh host",
    "$ curl -u bob:hunter22": "$ curl -u bob:[password]",
    "curl -s --user 'bob:hunter22' https://x.example": "curl -s --user 'bob:[password]' https://x.example",
    "Card number 4539 1488 0343 6461": "Card number [card number]",
    "Kreditkarte: 4539 14 88 0343 6467": "Kreditkarte: [card number]",
    "CVC 417": "CVC [card number]",
    "IBAN CH93 0076 2011 6238 5295 7, Bank Halden": "IBAN [bank account], Bank Halden",
    "DE89370400440532013000": "[bank account]",
    "DE89 37O4 OO44 O532 O13O OO": "[bank account]",
    "IBAN: DE89 3704 0044 0532 0130 01": "IBAN: [bank account]",
    "pay to GB29 NWBK 6016 1331 9268 19 now": "pay to [bank account] now",
    "FR14 2004 1010 0505 0001 3M02 606": "[bank account]",
    "AKIAIOSFODNN7EXAMPLE": "[token]",
    "token ghp_0123456789abcdefghijABCDEFGHIJ012345 expires": "token [token] expires",
    "ghp 0123456789abcdefghijABCDEFGHIJ012345": "[token]",
    "github_pat_11ABCDEFG0123456789_abcdefghijklm": "[token]",
    "xoxb-123456789012-abcdefghijkl": "[token]",
    "AIzaSyA1234567890abcdefghijklmnopqrstuvw": "[token]",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc": "[token]",
    "using key nfk_live_8Qm2ZtV7xLrB04sWcE9hJd31": "using key [token]",
    "using key nfk_live 8Qm2ZtV7xLrBO4sWcE9hJd31": "using key [token]",
    "sk-proj-abcdefghij1234567890XYZ": "[token]",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN": "[token]",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi OiIx oil iwiZW1haWwi0iJwdGtAdGVzdC5j": "[token]",
    "AKTA4OMNHWZVLFTRIIVA": "[token]",
    "key AKIAV2PVZPPT 7INZHJT3 is old": "key [token] is old",
    "AKIAASRP 2EEJNI3NZ35)": "[token]",
    "x0xb-689070164540-393031083144-Xv2MGBGTsaUZJ6uSFwHSenCxX": "[token]",
    "xoxb-6 372 1343 2864-7 14595212047 -ksa3 dVPBtbgaclUqbwCkHRxC": "[token]",
    "ghp_xAk7 jqevtO MLaMRTvetwotESulEETIdqsb8Vv expires": "[token] expires",
    "ghp_MLNL@ybuRbNtGyGEITSzCYOL77SJQdIjZAx9": "[token]",
    "sk-proj-qDtta4WuH Q5F DyjPn8qu8NnDfjwfOBCNH Pzlmi6FkRGC7Kw6": "[token]",
    "sk-proj-tCJ6ZKOGqsk VO qDEZWTMgiMmDS8UXgCoipkPfUCqN D2RkZSE": "[token]",
    "ghp_iSsjKORGs68)JNogeJpq 1WsHiZp3xDVyliTb": "[token]",
    "API_KEY=WRiAsrrOT0hkjnTPAc0sKFh1 YaYu2 XtH": "API_KEY=[token]",
    "API_KEY=CFeTd3F 5bmX2RsD3exRAOLgsB9ctgKbz": "API_KEY=[token]",
    "API_KEY=LbtsRLJDePOevGKAUGMfRdRabbmCJsmR": "API_KEY=[token]",
    "API_LKEY=pwOlEP52gHEMr5gNWTb3v30Moc3wliTNv": "API_LKEY=[token]",
    "Password: XqdO!p YEWOZv": "Password: [password]",
    "Authorization: Bearer abc123def456ghi789": "Authorization: Bearer [token]",
    "curl -H 'Authorization: Basic dXNlcjpwYXNzd29yZA=='": "curl -H 'Authorization: Basic [token]'",
    "api_key=abc123def456ghi7": "api_key=[token]",
    '"apiKey": "a1b2c3d4e5f6a7b8"': '"apiKey": [token]',
    "client_secret: 0f9e8d7c6b5a4321": "client_secret: [token]",
    "postgres://tide:s3cret@db.example/x": "postgres://tide:[password]@db.example/x",
    "$ export PGPASSWORD='Heron+Ladder+23'": "$ export PGPASSWORD=[password]",
    "DB_PASS=foo123": "DB_PASS=[password]",
    "smtp.pass=Lagune77": "smtp.pass=[password]",
    "password: hunter2 and go": "password: [password] and go",
    "Passwort: geheim": "Passwort: [password]",
    "Kennwort = Ufer-17": "Kennwort = [password]",
    'password="correct horse"': "password=[password]",
    "Password Pelican-Ravine-77!": "Password [password]",
    "Passw0rd: Pelican77": "Passw0rd: [password]",
    "the password is Pelican77, tell no one": "the password is [password], tell no one",
}
HARMLESS = (
    "sk-learn 1.4 and sk-image 0.22 on Python3",
    "AKIA CARGO TERMINAL HALDEN",
    "api_key = settingsOfTheWholeEnvironment",
    "token: Heron v2 Build 17",
    "ASIA PACIFIC TIDES 2026",
    "Invoice HS-2026-0117 over 4,318.60 CHF",
    "2026-02-09 10:41:07 sync requested",
    "+49 151 2345 67890",
    "+41 44 668 18 00",
    "0800 123 4567 8901",
    "commit 53aa51172d142c89d9012cce15ae4d6cc0ca6895",
    "550e8400-e29b-41d4-a716-446655440000",
    "deploy log 20260211-1621",
    "ISBN 978-3-16-148410-0",
    "1700000000000",
    "1708000000000000",
    "KR-30071 873.00 70.71 4,312.50",
    "192.168.100.200:8080",
    "0001 0002 0003 0004",
    "Math 79 80.4776818909336",
    "87.6078799615255 3767.1368203456",
    "3612 39030040304",
    "27,4908000648685",
    "row 5038372010000000",
    "4000 4010 4020 4030",
    "12 298.00 3,576.00",
    "Order NF-2025-338 of 12 December 2025, customer 4471",
    "VAT CHE-114.920.337",
    "card 4 of 12",
    "Company card ends 6467",
    "4111.1111.1111.1112",
    "1.4111.1111.1111.1111",
    "Card 2019 2020 2021",
    "4111 1111 1111",
    "Order 4111 1111 1111",
    "My card, and order 4111 1111 1111",
    "Card 4111 1111",
    "41l1 1111 llll 1112",
    "Soil 4111 1111 Zoo",
    "PASS: tests/recall.sh",
    "PASS: test_12",
    "PASS: test12",
    "PASS: 37 of 37",
    "PASS: checks",
    "Boarding pass: lx1234a",
    "Pass: A123456",
    "mysql -u root -p tides",
    "mysql -P3306 -h db",
    "tar -pxf a.tar",
    "curl -u $USER:$TOKEN https://x.example",
    "curl -u https://x.example",
    "cp -u one:two",
    "Password settings",
    "Forgot password?",
    "Passwort vergessen?",
    "Password: required",
    "Change your password every 90 days",
    "password authentication failed for user",
    "mara@relay-tarnby's password:",
    "def login(user, password: str) -> bool:",
    "if password == other:",
    "password=password",
    "password = input()",
    "token = get_token()",
    "token: 128",
    "tokens per second: 1200",
    "the secret: meet at five",
    "3 passed, 2 failed in 4.5s",
    "PASSED=37 FAILED=2",
    "BYPASS=true COMPASS=north",
    "Bearer of good news",
    "Basic authentication required",
    "sk-learn and sk-image",
    "the live test of 12 stations",
    "Password manager: KeyKeeper",
    "https://track.northfold.example/TW-412?key=open",
    "http://user@host:8080/path",
    "SIM 8941 0000",
    "DE 37 of 89",
)


@pytest.mark.parametrize(("text", "struck"), SECRET.items(), ids=range(len(SECRET)))
def test_secrets_are_struck_and_the_rest_stays(text: str, struck: str) -> None:
    assert strike_text(text) == struck


@pytest.mark.parametrize("text", HARMLESS)
def test_what_resembles_a_secret_survives(text: str) -> None:
    assert strike_text(text) == text


@pytest.mark.parametrize("text", [*SECRET.values()])
def test_striking_again_changes_nothing(text: str) -> None:
    assert strike_text(text) == text


def test_spans_do_not_overlap() -> None:
    found = spans(
        "password=ghp_0123456789abcdefghijABCDEFGHIJ012345 4539 1488 0343 6467 DE89370400440532013000"
    )
    assert len(found) == 3
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_every_misread_card_is_caught() -> None:
    number = "4539148803436467"
    for place, right in enumerate(number):
        for wrong in {"0": "OoDQ", "1": "Il|", "5": "Ss", "8": "B", "6": "b"}.get(right, ""):
            misread = number[:place] + wrong + number[place + 1 :]
            grouped = " ".join(misread[n : n + 4] for n in range(0, 16, 4))
            assert strike_text(grouped) == "[card number]", grouped


def test_one_in_ten_random_numbers_is_not_a_card() -> None:
    assert luhn("4539148803436467")
    assert not any(luhn(f"453914880343646{n}") for n in range(10) if n != 7)


def test_accounts_check() -> None:
    assert iban_checks("CH9300762011623852957")
    assert not iban_checks("CH9300762011623852956")
    assert IBAN_SIZES["DE"] == 22
    assert len(IBAN_SIZES) == 79


def test_long_texts_take_no_long_time() -> None:
    for text in ("4" * 5000, "password " * 800, "a_" * 5000, "4539 " * 2000, "DE89 " * 2000, "eyJ" * 3000):
        spans(text)
