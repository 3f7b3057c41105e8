"""Sites and people that are named, out of those known."""

from __future__ import annotations

import pytest

from memory.recall.understanding.named import could_name_a_site, find_people, find_sites

HOSTS = ("en.tidepedia.example", "slip-way.example", "www.harbournews.example", "code.yard.example")
PEOPLE = ("Ole Brandt", "Mia Kranz", "Jan Will", "Travel desk")


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("the article on Tidepedia about eels", {"en.tidepedia.example"}),
        ("auf tidepedia.example gelesen", {"en.tidepedia.example"}),
        ("https://en.tidepedia.example/eel", {"en.tidepedia.example"}),
        ("what I read on Harbour News", {"www.harbournews.example"}),
        ("an offer on slip way", {"slip-way.example"}),
        ("what does the code say", {"code.yard.example"}),
        ("in my codes", {"code.yard.example"}),
        ("im Code nachgesehen", {"code.yard.example"}),
        ("ole@slip-way.example", set()),
        ("the code of the pump", set()),
        ("on example", set()),
        ("tidepedia", set()),
        ("on which website", set()),
        ("www", set()),
    ],
)
def test_sites_by_address_or_by_a_part_of_it(text: str, hosts: set[str]) -> None:
    assert set(find_sites(text, HOSTS)) == hosts
    assert could_name_a_site(text) or not hosts


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("what did Ole write", ("Ole Brandt",)),
        ("Brandt's offer", ("Ole Brandt",)),
        ("was hat Mia Kranz gesagt", ("Mia Kranz",)),
        ("mail from mia", ("Mia Kranz",)),
        ("the kranz on the door", ()),
        ("the mole on the Brand", ()),
        ("Will the ferry run", ()),
        ("will the ferry run", ()),
        ("what Jan and Ole said", ("Ole Brandt", "Jan Will")),
        ("my desk", ()),
        ("", ()),
    ],
)
def test_people_by_a_name_with_a_capital(text: str, people: tuple[str, ...]) -> None:
    assert find_people(text, PEOPLE) == people


def test_a_whole_name_is_nobody_else_of_that_name() -> None:
    assert find_people("Ole Brandt's mail", (*PEOPLE, "Ole Hansen")) == ("Ole Brandt",)
    assert find_people("Ole's mail", (*PEOPLE, "Ole Hansen")) == ("Ole Brandt", "Ole Hansen")
