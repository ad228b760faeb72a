"""What one takes away: code that runs, an SVG that stands alone, a picture."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import keras
import pytest
from PIL import Image

import teachkit as tk
from tests.models import build
from tests.ui import models
from tests.ui.looking import box, panel, press

SVG = "{http://www.w3.org/2000/svg}"
MAY_COPY = {"permissions": ["clipboard-read", "clipboard-write"]}


def choose(page, entry):
    press(page, "Menu")
    press(page, entry)


def wait_for(page, words):
    page.locator(".tkw-status", has_text=words).wait_for()


def copied(page):
    return page.evaluate("navigator.clipboard.readText()")


def saved(page, entry):
    with page.expect_download() as download:
        choose(page, entry)
    return download.value


def test_copied_code_builds_the_same_model(opened):
    page = opened(models.siamese(), **MAY_COPY)
    choose(page, "Copy as code")
    wait_for(page, "Code copied.")
    space = {}
    keras.utils.clear_session(free_memory=False)
    exec(copied(page), space)  # noqa: S102 - the code that is tested
    assert tk.compare(build("siamese"), space["model"]).same


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_copied_svg_stands_for_itself(opened, scheme):
    page = opened(models.siamese(), scheme, **MAY_COPY)
    press(page, "Open all groups")
    choose(page, "Copy as SVG")
    wait_for(page, "SVG copied.")
    text = copied(page)
    drawing = ElementTree.fromstring(text)
    words = "".join(drawing.itertext())
    assert all(name in words for name in ("left", "right", "subtract", "same"))
    assert words.count("encoder") == 2
    style = drawing.find(f"{SVG}style").text
    assert "light-dark" not in style
    assert "var(" not in style
    assert "tkw-selected" not in text
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_an_svg_of_a_large_drawing_has_what_is_out_of_sight(opened):
    page = opened(models.long_chain(), **MAY_COPY)
    box(page, "dense_1").wait_for()
    choose(page, "Copy as SVG")
    wait_for(page, "SVG copied.")
    words = "".join(ElementTree.fromstring(copied(page)).itertext())
    assert all(f"dense_{k}" in words for k in (0, 500, 999))


def test_a_saved_svg_looks_like_the_page(opened):
    page = opened(models.siamese())
    download = saved(page, "Save as SVG")
    assert download.suggested_filename == "siamese.svg"
    drawing = ElementTree.parse(download.path()).getroot()
    ground = [float(v) for v in drawing.get("viewBox").split()]
    assert (ground[2], ground[3]) == (
        float(drawing.get("width")),
        float(drawing.get("height")),
    )


def pixels(data):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return image.size, len(image.getcolors(1 << 24)), image.getpixel((2, 2))


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", (255, 255, 255)), ("dark", (22, 26, 32))]
)
def test_a_saved_png_has_the_colours_of_the_page(opened, scheme, paper):
    page = opened(models.siamese(), scheme)
    download = saved(page, "Save as PNG")
    assert download.suggested_filename == "siamese.png"
    size, colours, corner = pixels(download.path().read_bytes())
    assert min(size) > 400
    assert colours > 30
    assert corner == paper


def test_a_copied_png_is_a_picture(opened):
    page = opened(models.siamese(), **MAY_COPY)
    choose(page, "Copy as PNG")
    wait_for(page, "PNG copied.")
    size = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const picture = await createImageBitmap(await item.getType("image/png"));
          return [picture.width, picture.height];
        }"""
    )
    assert min(size) > 400


def test_a_picture_of_a_very_long_drawing_is_not_empty(opened):
    page = opened(models.long_chain())
    download = saved(page, "Save as PNG")
    size, colours, _ = pixels(download.path().read_bytes())
    assert size[1] == 16_000
    assert colours > 5


def test_where_a_page_may_not_copy_a_person_can(opened):
    page = opened(models.siamese())
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    choose(page, "Copy as code")
    assert "keras" in panel(page).locator("textarea").input_value()
    choose(page, "Copy as PNG")
    wait_for(page, "Save as SVG")
    assert page.said == []


def test_a_graph_without_a_model_has_no_code(opened):
    page = opened(models.siamese_of_graphs())
    box(page, "left").wait_for()
    press(page, "Menu")
    entries = page.locator(".tkw-menu-list button").all_inner_texts()
    assert entries == [
        "Copy as SVG",
        "Copy as PNG",
        "Save as SVG",
        "Save as PNG",
        "Keyboard",
    ]


def test_the_menu_closes_when_one_goes_on(opened):
    page = opened(models.siamese())
    press(page, "Menu")
    box(page, "same").click()
    assert page.locator(".tkw-menu-list").is_hidden()
