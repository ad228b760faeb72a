"""Words are spelt as a dictionary has them; words.txt has those of our trade."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from tests.prose.texts import ROOT, TEXTS, prose

WORD = re.compile(r"(?<![\w.@/-])[A-Za-z]+(?:['’][a-z]+)?(?![\w@/=(]|\.\w)")
"""A word; names with figures, underscores or dots, paths and calls are none."""

SHORT = 2
"""Letters of a word that is not looked up: the dictionary has each such pair."""

TWICE = re.compile(r"\b([A-Za-z]+)[ \n]+\1\b(?![-'’(])", re.IGNORECASE)

OURS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
DICTIONARY = SpellChecker()
DICTIONARY.word_frequency.load_words(OURS)


def unknown(text: str) -> set[str]:
    """Return the words of a text that are in no dictionary."""
    words = {word.removesuffix("'s") for word in map(plain, WORD.findall(text))}
    return DICTIONARY.unknown(word for word in words if len(word) > SHORT)


def plain(word: str) -> str:
    """Return a word as dictionaries write it."""
    return word.lower().replace("’", "'")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_are_spelt_as_in_a_dictionary(path):
    assert sorted(unknown(prose(path))) == [], "mend them, or add them to words.txt"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_word_stands_twice(path):
    assert [found.group() for found in TWICE.finditer(prose(path))] == []


def test_words_of_ours_are_in_order_and_in_no_dictionary():
    assert sorted(set(OURS), key=str.lower) == OURS
    assert SpellChecker().known(OURS) == set()


def test_a_slip_of_the_pen_is_found():
    slips = (
        "A layr returns tensors. Recieve the the wire; Keras, keras.Modle(x), x_traim"
    )
    assert unknown(slips) == {"layr", "recieve"}
    assert TWICE.search(slips)
