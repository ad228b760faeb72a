"""A trace tells the same in every form."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from teachkit.errors import FileError, WrongValueError
from teachkit.views.trace import Trace
from teachkit.views.trace.words import share
from tests.graphs import HOSTILE, Sketch
from tests.views.trace.runs import chain, image, mlp, run_of, twins, value


def piece(run):
    return Trace(run)._repr_mimebundle_()["text/html"]


def tree(html):
    """Return the piece as XML: it is well formed, but for tags that stay open."""
    return ET.fromstring(re.sub(r"<(img[^>]*)>", r"<\1/>", html))


def with_values(run, path, *values):
    """Return the run with other outputs of one step."""
    run.steps = tuple(
        replace(step, outputs=values) if step.path == path else step
        for step in run.steps
    )
    return run


class TestText:
    def test_of_a_small_model(self):
        assert Trace(mlp()).text == (
            "'mlp' ran on 2 samples: 3 steps.\n"
            "\n"
            "step  call    type   shape     mean   std   min   max  zeros  values\n"
            "   1  x       Input  (2, 2)     0.5  2.69    -4     3    0 %  "
            "█       █ ██\n"
            "   2  hidden  Dense  (2, 3)   0.625  0.76     0     2   50 %  "
            "█  ▃   ▃   ▃\n"
            "   3  result  Dense  (2, 1)  -0.375  1.12  -1.5  0.75    0 %  "
            "█          █\n"
            "\n"
            "Numbers\n"
            "x (2, 2):\n"
            "   1   2\n"
            "   3  -4\n"
            "hidden (2, 3):\n"
            "     0   0.5     2\n"
            "  1.25     0     0\n"
            "result (2, 1):\n"
            "  0.75\n"
            "  -1.5"
        )

    def test_calls_in_nested_models_are_indented(self):
        lines = Trace(twins()).text.splitlines()
        row = next(line for line in lines if "encoder:2/dense" in line)
        outer = next(line for line in lines if "encoder:2 " in line)
        assert row.index("encoder:2") == outer.index("encoder:2") + 2

    def test_what_a_nested_model_was_given_is_not_written_out_again(self):
        text = Trace(twins()).text
        assert "\nencoder/dense (2, 4):\n" in text
        assert "\nencoder/image (2, 4):\n" not in text

    @pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
    @pytest.mark.parametrize("run", [mlp, twins, image])
    def test_no_line_is_too_long(self, run, width):
        lines = Trace(run()).as_text(width=width).splitlines()
        assert max(map(len, lines)) <= width

    def test_little_room_leaves_out_columns_and_no_names(self):
        text = Trace(twins()).as_text(width=50)
        assert "encoder:2/dense" in text
        assert "mean" in text
        assert "values" not in text

    def test_plain_letters(self):
        run = twins()
        run.graph = replace(run.graph, name="zwölf")
        text = Trace(run).as_text(charset="ascii", width=130)
        assert text.isascii()
        assert "##_#_##_#_##" not in text
        assert "## # ## # ##" in text

    def test_a_width_that_is_none(self):
        with pytest.raises(WrongValueError, match="width"):
            Trace(mlp()).as_text(width=10)

    def test_many_steps_have_no_numbers(self):
        text = Trace(chain(30)).text
        assert "Numbers" not in text
        assert len(text.splitlines()) == 33

    def test_very_many_steps_are_counted(self):
        run = mlp()
        run.steps = run.steps * 150
        assert "... and 50 more steps" in Trace(run).text


class TestSentences:
    def test_training_mode(self):
        run = mlp()
        run.training = True
        assert Trace(run).text.startswith("'mlp' ran on 2 samples, in training mode:")

    def test_notes_of_the_run(self):
        run = mlp()
        run.notes = ("Input 'x' has numbers that are none.",)
        view = Trace(run)
        assert "  - Input 'x' has numbers that are none.\n" in view.text
        assert "<li>Input &#x27;x&#x27; has numbers that are none.</li>" in view.html()

    def test_the_first_tensor_that_is_not_finite_is_named(self):
        bad = np.array([[np.nan, np.inf, 1.0]])
        run = with_values(mlp(), "hidden", value("hidden", bad))
        run = with_values(run, "result", value("result", bad[:, :1]))
        assert (
            "'hidden' (step 2) is the first tensor with numbers that are infinite or "
            "NaN: 2 of 3. Mean, spread, smallest and largest number are of the others. "
            "Then they are in 'result' (1 of 1)."
        ) in Trace(run).as_text(width=300)

    def test_a_column_counts_what_is_not_finite(self):
        bad = np.array([[np.nan, np.inf, 1.0]])
        view = Trace(with_values(mlp(), "hidden", value("hidden", bad)))
        lines = view.text.splitlines()
        head = next(line for line in lines if line.startswith("step"))
        row = next(line for line in lines if "hidden  Dense" in line)
        end = head.index("not finite") + len("not finite")
        assert row[:end].endswith(" 2 of 3")
        heads = [cell.text for cell in tree(piece(view.run)).iter("th")]
        assert "not finite" in heads
        assert "not finite" not in Trace(mlp()).text + Trace(mlp()).html()

    def test_numbers_that_were_not_kept(self):
        dropped = value("hidden", np.ones((2, 3)), dropped=True)
        view = Trace(with_values(mlp(), "hidden", dropped))
        told = (
            "The numbers of 1 tensor were not kept, to spare memory: trace['hidden'] "
            "computes those of one again."
        )
        assert told in view.as_text(width=200)
        assert "hidden (2, 3):" not in view.text
        assert re.search(r"hidden +Dense +\(2, 3\) +1 ", view.text)

    @pytest.mark.parametrize(
        ("part", "words"),
        [(0, "0 %"), (1e-9, "<1 %"), (0.505, "50 %"), (0.9999, ">99 %"), (1, "100 %")],
    )
    def test_shares(self, part, words):
        assert share(part) == words


class TestHtml:
    def test_a_row_for_each_tensor(self):
        table = tree(piece(twins())).find("div/table")
        rows = table.findall("tbody/tr")
        assert [row.find("td").text for row in rows] == [str(k) for k in range(1, 11)]
        heads = [cell.text for cell in table.findall("thead/tr/th")]
        assert heads[:5] == ["step", "call", "values", "type", "shape"]
        assert heads[-2:] == ["zeros", "gradient"]

    def test_several_outputs_have_a_row_each(self):
        two = value("hidden", np.ones((2, 2))), value("hidden", np.zeros((2, 2)), 1)
        table = tree(piece(with_values(mlp(), "hidden", *two))).find("div/table")
        names = [row.find("th/span").text for row in table.findall("tbody/tr")]
        assert names == ["x", "hidden", "hidden[1]", "result"]

    @pytest.mark.parametrize("run", [mlp, twins, image])
    def test_heads_have_a_scope_and_tables_scroll(self, run):
        root = tree(piece(run()))
        assert all(cell.get("scope") for cell in root.iter("th"))
        frames = [d for d in root.iter("div") if "scroll" in d.get("class", "").split()]
        assert len(frames) == len(list(root.iter("table")))
        assert all(frame.get("tabindex") == "0" for frame in frames)
        assert ".tk-trace .scroll { overflow-x: auto" in root.find("style").text

    def test_a_path_of_which_a_narrow_screen_shows_the_last_part(self):
        rows = tree(piece(twins())).findall("div/table/tbody/tr")
        inner = rows[7].find("th/span")
        assert inner.get("title") == "".join(inner.itertext()) == "encoder:2/dense"
        assert [(s.get("class"), s.text) for s in inner] == [("outer", "encoder:2/")]
        assert rows[5].find("th/span/span") is None

    def test_only_the_table_of_steps_says_that_it_is_wide(self):
        frames = list(tree(piece(twins())).iter("div"))
        assert [f.get("class") for f in frames].count("scroll wide") == 1

    def test_each_step_tells_what_it_reads_and_returns(self):
        parts = tree(piece(twins())).findall("details")
        texts = ["".join(part.itertext()) for part in parts]
        assert len(parts) == 10
        assert "Reads encoder (2, 4) as [0]" in texts[8]
        assert "Reads encoder:2 (2, 4) as [1]" in texts[8]
        assert "Returns (2, 4) float32" in texts[8]
        assert "Gradient of the loss, norm 2.83" in texts[8]

    def test_numbers_are_written_out(self):
        part = tree(piece(mlp())).findall("details")[1]
        cells = [cell.text for cell in part.findall("div")[1].iter("td")]
        assert [cell for cell in cells if cell] == ["0", "0.5", "2", "1.25", "0", "0"]

    def test_images_are_drawn(self):
        parts = tree(piece(image())).findall("details")
        assert [len(list(part.iter("img"))) for part in parts] == [1, 1, 0]

    def test_a_long_run_stays_small_and_says_where_pictures_end(self):
        html = Trace(chain(177)).html()
        assert len(html) < 1_000_000
        pictures = html.count("<img")
        assert 20 < pictures < 177
        assert f"Pictures end at step {pictures + 1}, to keep this small." in html

    def test_very_many_steps_are_not_all_opened(self):
        run = mlp()
        run.steps = run.steps * 700
        html = Trace(run).html()
        assert html.count("<details") == 300
        assert "Only the first 300 steps can be opened here." in html
        assert "… and 600 more steps." in html

    def test_nothing_from_elsewhere(self):
        html = Trace(image()).html()
        assert html.startswith("<!doctype html>")
        assert "http" not in html

    def test_no_script_where_no_widget_can_be_shown(self):
        assert "<script" not in piece(image())


class TestHostileNames:
    @pytest.fixture(scope="class")
    @staticmethod
    def view():
        sketch = Sketch("flat")
        x, names = sketch.input("x", 2), ["x"]
        for name in HOSTILE:
            x = sketch.layer(name, [x])
            names.append(x)
        sketch.output(x)
        run = run_of(sketch.graph(), {name: np.ones((2, 2)) for name in names})
        run.graph = replace(run.graph, name=HOSTILE[0])
        return Trace(run)

    def test_html_stays_whole(self, view):
        root = tree(view._repr_mimebundle_()["text/html"])
        assert len(root.findall("details")) == len(HOSTILE) + 1
        assert {"script", "b", "not"}.isdisjoint(part.tag for part in root.iter())
        assert "<title>Model &lt;script&gt;" in view.html()

    def test_a_name_does_not_break_a_line(self, view):
        rows = view.text.partition("\n\nNumbers")[0].splitlines()
        assert len(rows) == 2 + 1 + 1 + len(HOSTILE)
        assert max(map(len, rows)) <= 100

    def test_files(self, view, tmp_path):
        assert view.save(tmp_path / "x.html").stat().st_size > 1000
        assert view.save(tmp_path / "x.txt").stat().st_size > 1000

    def test_figures(self, view):
        import io
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # letters that the font has not
            view.figure().savefig(io.BytesIO(), format="png", dpi=20)


class TestForms:
    def test_a_notebook(self):
        view = Trace(mlp())
        bundle = view._repr_mimebundle_()
        widget = "application/vnd.jupyter.widget-view+json"
        assert set(bundle) == {widget, "text/html", "text/plain"}
        assert bundle["text/plain"] == repr(view) == view.text
        assert "<html" not in bundle["text/html"]

    @pytest.mark.parametrize("run", [mlp, twins, image])
    def test_twice_the_same(self, run):
        one, other = Trace(run()), Trace(run())
        assert (one.text, one.html()) == (other.text, other.html())

    def test_files(self, tmp_path):
        view = Trace(mlp())
        assert view.save(tmp_path / "x.txt").read_text("utf-8") == view.text + "\n"
        assert view.save(str(tmp_path / "x.html")).read_text("utf-8") == view.html()

    @pytest.mark.parametrize("name", ["x.png", "x.svg", "x.gv", "x"])
    def test_other_endings(self, tmp_path, name):
        with pytest.raises(FileError, match=r"ends with \.html, \.txt\."):
            Trace(mlp()).save(tmp_path / name)

    def test_questions_are_handed_on(self):
        run = mlp()
        view = Trace(run)
        assert view.graph is run.graph
        assert view.steps is run.steps
        assert view.notes is run.notes
        assert view.inputs["x"].array.shape == (2, 2)
        assert view.outputs.tolist() == view["result"].tolist() == [[0.75], [-1.5]]
        assert view.value("hidden").shape == (2, 3)
        assert view.gradients is None
