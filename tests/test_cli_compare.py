"""The commands `compare` and `code`, on real models in a file of the user's."""

from __future__ import annotations

import pytest

from teachkit import cli
from tests.user_files import folder_with

NETS = """
import keras
from keras import layers

print("this is no part of a result")


def make(units):
    inputs = keras.Input((4,), name="inputs")
    hidden = layers.Dense(units, activation="relu", name="hidden")(inputs)
    score = layers.Dense(1, name="score")(hidden)
    return keras.Model(inputs, score, name=f"net{units}")


model, wider = make(8), make(16)


def skip():
    inputs = keras.Input((4,), name="inputs")
    hidden = layers.Dense(4, name="hidden")(inputs)
    return keras.Model(inputs, layers.Add(name="sum")([inputs, hidden]), name="skip")


class Hidden(keras.Model):
    def call(self, x):
        return x if x.shape[0] else -x


def closed():
    import tensorflow as tf
    hidden = Hidden()
    hidden.call = lambda x: tf.nn.relu(x)
    hidden(tf.ones((2, 3)))
    return hidden
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    yield from folder_with("nets", NETS, tmp_path, monkeypatch)


def output(capsys, *arguments):
    """Run what must succeed; return what it prints."""
    assert cli.main(arguments) == 0
    said = capsys.readouterr()
    assert "no part of a result" not in said.out
    return said.out


def test_a_model_and_its_twin(folder, capsys):
    text = output(capsys, "compare", "nets.py:model")
    assert text.startswith("'net8' could be a Sequential model")
    assert "keras.Sequential(" in text


def test_a_model_without_a_twin(folder, capsys):
    text = output(capsys, "compare", "nets.py:skip")
    assert text.startswith("'skip' has no Sequential twin: 2 reasons.")
    assert "branch: " in text
    assert "merge: " in text


def test_two_models(folder, capsys):
    text = output(capsys, "compare", "nets.py:model", "nets.py:wider")
    assert text.startswith("'net8' and 'net16' are not the same")
    assert "8" in text
    assert "16" in text


def test_a_model_and_its_file(folder, capsys):
    text = output(capsys, "code", "nets.py:model")
    namespace = {}
    exec(text, namespace)  # noqa: S102 - what code is for
    namespace["model"].save("saved.keras")
    told = output(capsys, "compare", "nets.py:model", "saved.keras", "--strict")
    assert told.startswith("'net8' and 'net8' in saved.keras are the same")


def test_into_a_file(folder, capsys):
    text = output(capsys, "compare", "nets.py:skip", "-o", "why.html")
    assert text == "why.html\n"
    assert 'class="tk-live"' in (folder / "why.html").read_text()


@pytest.mark.parametrize("style", ["functional", "sequential"])
def test_code_is_all_that_is_printed(folder, capsys, style):
    text = output(capsys, "code", "nets.py:model", "--style", style)
    namespace = {}
    exec(text, namespace)  # noqa: S102 - what code is for
    assert namespace["model"].count_params() == 49
    assert type(namespace["model"]).__name__.lower() == style


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["code", "nets.py:skip", "--style", "sequential"], "'hidden'"),
        (["code", "nets.py:closed"], "Hidden"),
        (["compare", "nets.py:model", "missing.keras"], "missing.keras"),
        (["compare", "nets.py:skip", "-o", "why.gv"], "save each model by itself"),
        (["compare", "nets.py:nothing"], "no such name"),
    ],
)
def test_what_cannot_be_done_is_said(folder, capsys, arguments, found):
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert found in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
