"""Every form of file is written, whole and valid, or refused in words."""

from __future__ import annotations

import os
import struct
import subprocess
import xml.etree.ElementTree as ET

import pytest

from teachkit.errors import FileError, WrongTypeError
from teachkit.views import files
from teachkit.views.graph_view import GraphView
from tests.graphs import HOSTILE, Sketch, chain, siamese


@pytest.fixture(scope="module")
def view():
    return GraphView(siamese(), nested="expanded")


def png_size(path):
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", content[16:24])


def test_svg(view, tmp_path):
    path = view.save(tmp_path / "x.svg")
    assert path == tmp_path / "x.svg"
    assert ET.parse(path).getroot().tag.endswith("svg")


def test_html(view, tmp_path):
    text = view.save(str(tmp_path / "x.html")).read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")


def test_text(view, tmp_path):
    assert view.save(tmp_path / "x.txt").read_text("utf-8") == view.text + "\n"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_png_has_two_pixels_for_each_of_the_drawing(view, tmp_path, theme):
    width, height = png_size(view.save(tmp_path / "x.PNG", theme=theme))
    assert width == pytest.approx(2 * view.drawing.width, abs=2)
    assert height == pytest.approx(2 * view.drawing.height, abs=2)


def test_themes_of_png_differ(view, tmp_path):
    light = view.save(tmp_path / "light.png").read_bytes()
    assert view.save(tmp_path / "auto.png", theme="auto").read_bytes() == light
    assert view.save(tmp_path / "dark.png", theme="dark").read_bytes() != light


def test_a_long_drawing_stays_within_the_pixel_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_LARGEST_SIDE", 1500)
    view = GraphView(chain(40))
    assert view.drawing.height > 1500
    width, height = png_size(view.save(tmp_path / "long.png"))
    assert height == pytest.approx(1500, abs=2)
    assert width == pytest.approx(
        1500 * view.drawing.width / view.drawing.height, abs=2
    )


def test_pdf(view, tmp_path):
    content = view.save(tmp_path / "x.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("ending", [".svg", ".html", ".txt", ".gv", ".png", ".pdf"])
def test_hostile_names_in_every_form(tmp_path, ending):
    sketch = Sketch(HOSTILE[0])
    x = sketch.input("x")
    for name in HOSTILE:
        x = sketch.layer(name, [x])
    sketch.output(x)
    path = GraphView(sketch.graph()).save(tmp_path / f"x{ending}")
    assert path.stat().st_size > 1000


@pytest.mark.parametrize("name", ["x.jpeg", "x", "x.svg.zip", ".svg"])
def test_a_wrong_ending(view, tmp_path, name):
    with pytest.raises(FileError, match=r"\.gv, \.html, \.pdf, \.png, \.svg, \.txt"):
        view.save(tmp_path / name)


def test_a_missing_folder(view, tmp_path):
    with pytest.raises(FileError, match="No such file or directory"):
        view.save(tmp_path / "missing" / "x.svg")


def test_a_folder_instead_of_a_file(view, tmp_path):
    (tmp_path / "x.svg").mkdir()
    with pytest.raises(FileError, match="Is a directory"):
        view.save(tmp_path / "x.svg")


def test_a_folder_that_cannot_be_written(view, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("the superuser may write anywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(FileError, match="Permission denied"):
        view.save(tmp_path / "x.svg")


def test_a_name_that_no_file_can_have(view, tmp_path):
    with pytest.raises(FileError):
        view.save(tmp_path / "null\0byte.svg")
    with pytest.raises(FileError):
        view.save(tmp_path / ("x" * 400 + ".svg"))


def test_graphviz_takes_the_source(view, tmp_path):
    path = view.save(tmp_path / "x.gv")
    try:
        subprocess.run(["dot", "-Tsvg", path], capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("the program dot is not installed")


@pytest.mark.parametrize(("name", "found"), [(None, "None"), (3, "type int")])
def test_a_name_that_is_no_text(view, name, found):
    with pytest.raises(WrongTypeError, match=found):
        view.save(name)


class Page:
    """What has no picture."""

    text = "letters"

    def html(self):
        return "<p>page</p>"


@pytest.mark.parametrize(
    ("ending", "content"), [("html", "<p>page</p>"), ("TXT", "letters\n")]
)
def test_a_page(tmp_path, ending, content):
    path = files.save(Page(), tmp_path / f"x.{ending}", endings=files.PAGES)
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("name", ["x.png", "x.svg", "x"])
def test_a_page_has_no_picture(tmp_path, name):
    with pytest.raises(FileError, match=r"ends with \.html, \.txt\."):
        files.save(Page(), tmp_path / name, endings=files.PAGES)
    assert list(tmp_path.iterdir()) == []
