"""A PNG of a few colours is one that other programs can read."""

from __future__ import annotations

import base64
import io

import matplotlib.image
import numpy as np

from teachkit.views.png import data_address, indexed_png

RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)
PIXELS = np.array([[0, 1, 2], [2, 1, 0]])


def seen(png):
    """Return red, green, blue and opacity of each pixel, from 0 to 255."""
    read = matplotlib.image.imread(io.BytesIO(png), format="png")
    return np.rint(read * 255).astype(int)


def test_each_pixel_has_its_colour():
    found = seen(indexed_png(PIXELS, [RED, GREEN, BLUE]))
    assert (found[..., :3] == np.array([RED, GREEN, BLUE])[PIXELS]).all()


def test_one_colour_lets_the_page_through():
    found = seen(indexed_png(PIXELS, [RED, GREEN, BLUE], clear=1))
    assert (found[..., 3] == np.where(PIXELS == 1, 0, 255)).all()


def test_the_address_holds_the_picture():
    png = indexed_png(PIXELS, [RED, GREEN, BLUE])
    head, _, content = data_address(png).partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(content) == png
