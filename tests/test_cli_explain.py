"""The command `explain`, on real models in a file of the user's."""

from __future__ import annotations

import pytest

from teachkit import cli
from tests.user_files import folder_with

NETS = """
import keras
from keras import layers

inputs = keras.Input((32,), name="inputs")
hidden = layers.Dense(64, activation="relu", name="hidden")(inputs)
model = keras.Model(inputs, layers.Dense(1, name="score")(hidden), name="net")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    yield from folder_with("nets", NETS, tmp_path, monkeypatch)


def output(capsys, *arguments):
    """Run what must succeed; return what it prints."""
    assert cli.main(arguments) == 0
    return capsys.readouterr().out


def test_a_whole_model(folder, capsys):
    told = output(capsys, "explain", "nets.py:model")

    assert "NumPy agrees with Keras on 2 calls" in told
    assert "output = score(hidden(inputs))" in told
    assert "(features + 1) × units = (32 + 1) × 64 = 2,112" in told


def test_one_call(folder, capsys):
    told = output(capsys, "explain", "nets.py:model", "score")

    assert told.startswith("score  (Dense)")
    assert "hidden  (Dense)" not in told


def test_into_a_file(folder, capsys):
    told = output(capsys, "explain", "nets.py:model", "-o", "net.html")

    assert told == "net.html\n"
    assert "<math" in (folder / "net.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nets.py:model", "scor"], "'score'"),
        (["nets.py:model", "-o", "net.svg"], ".html"),
    ],
)
def test_what_cannot_be_done(folder, capsys, arguments, told):
    assert cli.main(["explain", *arguments]) == 2
    assert told in capsys.readouterr().err
