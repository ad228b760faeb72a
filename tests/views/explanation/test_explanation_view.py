"""How an explanation shows itself: text, MathML, pages, files, the chart."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import keras
import pytest
from keras import layers

import teachkit as tk
from tests.graphs import HOSTILE
from tests.models import build


@pytest.fixture(scope="module")
def found():
    inputs = keras.Input((32,), name="inputs")
    hidden = layers.Dense(64, activation="relu", name="hidden")(inputs)
    model = keras.Model(inputs, layers.Dense(1, name="score")(hidden), name="net")
    return tk.explain(model)


class TestText:
    def test_it_begins_with_the_verdict_and_the_composition(self, found):
        first, _, composed, *_ = found.text.splitlines()

        assert first.startswith("'net' (Functional), 3 calls. NumPy agrees with Keras")
        assert composed == "  output = score(hidden(inputs))"

    @pytest.mark.parametrize("width", [60, 80, 100])
    def test_no_line_of_a_usual_model_is_wider_than_asked(self, found, width):
        assert max(map(len, found.as_text(width=width).splitlines())) <= width

    def test_plain_letters_are_enough(self, found):
        assert "(features + 1) x units" in found.as_text(charset="ascii")

    def test_a_large_model_has_a_line_for_each_call_and_no_formulas(self):
        inputs = x = keras.Input((2,), name="inputs")
        for number in range(60):
            x = layers.ReLU(name=f"relu{number}")(x)
        told = tk.explain(keras.Model(inputs, x, name="long")).text

        assert "relu59" in told
        assert "formula" not in told
        assert "teachkit.explain(model, 'relu0') explains one call" in told


class TestHtml:
    def test_formulas_are_mathml(self, found):
        bundle = found["hidden"]._repr_mimebundle_()

        assert set(bundle) == {"text/html", "text/latex", "text/plain"}
        (math,) = re.findall(r"<math.*?</math>", bundle["text/html"], re.DOTALL)
        assert ET.fromstring(math).attrib["alttext"].startswith("y[?×64] = relu(")
        assert math == found["hidden"].mathml

    def test_a_page_needs_no_script_and_no_network(self, found):
        page = found.html()

        assert page.startswith("<!doctype html>")
        assert "<script" not in page
        assert set(re.findall(r"https?://[^\"' ]+", page)) == {
            "http://www.w3.org/1998/Math/MathML"
        }

    # Keras takes no "/" in a name, and TensorFlow no half of a letter.
    @pytest.mark.parametrize(
        "name", [n for n in HOSTILE if n and "/" not in n and "\ud800" not in n]
    )
    def test_no_name_can_break_out(self, name):
        inputs = keras.Input((2,), name="inputs")
        model = keras.Model(inputs, layers.Dense(3, name=name)(inputs), name="net")
        page = tk.explain(model).html()

        assert "<script>" not in page
        body = page.partition("<body>")[2]
        assert body.count("<details>") == body.count("</details>") == 1

    @pytest.mark.parametrize("ending", [".html", ".txt"])
    def test_files(self, found, tmp_path, ending):
        path = found.save(tmp_path / f"net{ending}")

        assert "hidden" in path.read_text(encoding="utf-8")

    def test_other_files_are_refused(self, found, tmp_path):
        with pytest.raises(tk.TeachkitError, match=r"\.html, \.txt"):
            found.save(tmp_path / "net.svg")


class TestChart:
    def bars(self, figure):
        (axes,) = figure.axes
        return dict(
            zip(
                [label.get_text() for label in axes.get_yticklabels()],
                [bar.get_width() for bar in axes.patches],
                strict=True,
            )
        )

    def test_each_layer_has_a_bar(self, found):
        assert self.bars(found.figure()) == {"hidden": 2112, "score": 65}

    def test_shared_weights_count_once(self):
        found = tk.explain(build("siamese"))

        assert sum(self.bars(found.figure()).values()) == found.params

    def test_many_layers_are_gathered(self):
        with tk.dry():
            found = tk.explain(keras.applications.ResNet50(weights=None))
        bars = self.bars(found.figure())

        assert len(bars) <= 24
        assert sum(bars.values()) == found.params


class TestCalls:
    def test_they_are_had_by_path(self):
        found = tk.explain(build("siamese"))

        assert found["encoder:2/conv"].path == "encoder:2/conv"
        assert found["encoder:2/conv"].params == found["encoder/conv"].params

    def test_a_path_that_is_not_there_is_told(self, found):
        with pytest.raises(tk.TeachkitError, match="hidden"):
            found["hiden"]
