"""An episode's card: what a language model made of title and gist stands beside them, told apart."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.fakes import FakeMemory
from ui.pictures import Pictures
from ui.widgets.knowledge import EpisodeCard


def test_polished_words_stand_beside_title_and_gist(
    qtbot: QtBot, fake: FakeMemory, pictures: Pictures
) -> None:
    episode = fake.episodes(None, None)[0]
    polished = replace(episode, title_polished="Ferry plan", gist_polished="Work on ferries")
    cards = [EpisodeCard(one, one.spans[0][0].date(), pictures) for one in (episode, polished)]
    said = []
    for card in cards:
        qtbot.addWidget(card)
        said.append([label.text() for label in card.findChildren(QLabel)])
    assert episode.title in said[0]
    assert set(said[1]) - set(said[0]) == {"The local model's words: Ferry plan. Work on ferries"}
    assert set(said[0]) <= set(said[1])
    assert cards[1].accessibleName() == episode.title
