"""Numbers of one tensor: written out, as colours, and as a small histogram."""

from __future__ import annotations

import io
import re

import matplotlib.image
import numpy as np
import pytest

from teachkit.views.trace.distribution import bars_of, bars_svg, bars_text, counts_of
from teachkit.views.trace.grids import grid_of
from teachkit.views.trace.heat_maps import Room, heat_map, legend, maps_of
from tests.views.trace.runs import value


class TestGrids:
    def test_samples(self):
        grid = grid_of(np.array([[1.0, -0.25], [10.0, 1 / 3]], "float32"))
        assert grid.rows == (("1", "-0.25"), ("10", "0.333"))
        assert grid.lines == ("    1  -0.25", "   10  0.333")
        assert (grid.word, grid.part) == ("sample", "")

    def test_the_first_of_many_samples(self):
        grid = grid_of(np.arange(40.0).reshape(20, 2))
        assert len(grid.rows) == 6
        assert grid.part == "the first 6 of 20 samples"

    def test_one_number_for_each_sample(self):
        assert grid_of(np.array([3, 4])).rows == (("3",), ("4",))

    def test_a_number(self):
        assert grid_of(np.array(2.5)).rows == (("2.5",),)

    def test_the_first_sample_of_a_sequence(self):
        grid = grid_of(np.arange(24).reshape(2, 3, 4))
        assert grid.rows[2] == ("8", "9", "10", "11")
        assert (grid.word, grid.part) == ("row", "the first of 2 samples")

    @pytest.mark.parametrize("shape", [(2, 7), (2, 3, 7), (2, 2, 2, 2), (0, 3), (2, 0)])
    def test_too_large_or_empty(self, shape):
        assert grid_of(np.zeros(shape)) is None

    def test_what_is_no_float(self):
        assert grid_of(np.array([[True, False]])).rows == (("True", "False"),)
        assert grid_of(np.array([["ä"], [b"\xff"]], object)).rows == (("ä",), ("�",))
        assert grid_of(np.array([[1 + 2j]])).rows == (("1+2j",),)
        assert grid_of(np.array([[12345678]])).rows == (("12345678",),)
        assert grid_of(np.array([[np.nan, -np.inf]])).rows == (("nan", "-inf"),)

    def test_a_long_word_is_cut(self):
        assert len(grid_of(np.array([["x" * 500]])).rows[0][0]) < 100


class TestMaps:
    def test_rows_and_columns_of_a_matrix(self):
        maps = maps_of(np.arange(600.0).reshape(20, 30), Room(rows=4, columns=5))
        assert maps.planes[0].tolist() == [
            [30.0 * row + column for column in range(5)] for row in range(4)
        ]
        assert maps.part == "first 4 of 20 samples × first 5 of 30 numbers"

    def test_one_number_for_each_sample_is_a_row(self):
        assert maps_of(np.arange(9.0)).planes[0].shape == (1, 9)

    def test_a_sequence(self):
        array = np.arange(24.0).reshape(2, 3, 4)
        maps = maps_of(array)
        assert (maps.planes[0] == array[0]).all()
        assert maps.part == "3 steps × 4 features of the first sample"

    def test_channels_of_an_image(self):
        array = np.random.default_rng(0).normal(size=(2, 5, 6, 12))
        maps = maps_of(array)
        assert len(maps.planes) == 8
        assert all((maps.planes[k] == array[0, :, :, k]).all() for k in range(8))
        assert maps.part == "first 8 of 12 channels of the first sample"

    def test_channels_first(self):
        array = np.random.default_rng(0).normal(size=(2, 3, 5, 6))
        maps = maps_of(array, channels_first=True)
        assert [plane.shape for plane in maps.planes] == [(5, 6)] * 3
        assert (maps.planes[1] == array[0, 1]).all()

    def test_a_large_image_is_shrunk_by_means(self):
        array = np.arange(35.0).reshape(1, 5, 7, 1)
        plane = maps_of(array, Room(side=4)).planes[0]
        image = array[0, :, :, 0]
        expected = [
            [image[i : i + 2, j : j + 2].mean() for j in range(0, 7, 2)]
            for i in range(0, 5, 2)
        ]
        assert plane == pytest.approx(np.array(expected))

    def test_the_words_tell_that_it_was_shrunk(self):
        part = maps_of(np.zeros((1, 50, 60, 1))).part
        assert part == (
            "1 channel of the first sample, 50 × 60, a square for the mean of 2 × 2"
        )

    @pytest.mark.parametrize("shape", [(), (2, 0), (1, 2, 2, 2, 2)])
    def test_no_picture(self, shape):
        assert maps_of(np.zeros(shape)) is None

    def test_words_have_no_picture(self):
        assert maps_of(np.array([["a"] * 9])) is None
        assert maps_of(np.full((1, 2, 2, 9), "a")) is None

    def test_infinite_numbers(self):
        array = np.full((1, 64, 64, 1), np.inf)
        array[0, 0] = -np.inf
        assert legend(maps_of(array)) == "White is 0, grey no finite number."
        assert legend(maps_of(np.zeros((2, 9)))) == "All shown are 0."
        assert maps_of(np.array([[np.nan, 2.0]])).peak == 2

    @pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "float16", "int64"])
    def test_other_dtypes(self, dtype):
        assert maps_of(np.ones((2, 9), dtype)).peak == 1


def pixels(html):
    """Return the colours in the picture of a figure."""
    import base64

    address = re.search(r'src="data:image/png;base64,([^"]+)"', html)[1]
    png = io.BytesIO(base64.b64decode(address))
    return np.rint(matplotlib.image.imread(png, format="png") * 255).astype(int)


class TestHeatMap:
    def test_zero_is_white_and_the_ends_are_dark(self):
        found = pixels(heat_map(maps_of(np.array([[-2.0, 0.0, 2.0]])), "x"))
        assert found[0, :, :3].tolist() == [[5, 48, 97], [247] * 3, [103, 0, 31]]

    def test_all_channels_have_one_scale(self):
        array = np.stack([np.full((4, 4), 1.0), np.full((4, 4), 4.0)], axis=-1)[None]
        found = pixels(heat_map(maps_of(array), "x"))
        assert found[0, -1, :3].tolist() == [103, 0, 31]
        assert found[0, 0, :3].tolist() != [103, 0, 31]
        assert found[0, 4, 3] == 0  # the gap between the channels

    def test_what_is_no_number_is_grey(self):
        html = heat_map(maps_of(np.array([[np.nan, 1.0]])), "x")
        assert pixels(html)[0, 0, :3].tolist() == [128, 128, 128]
        assert "grey no finite number" in html

    def test_words(self):
        html = heat_map(maps_of(np.array([[-1.5, 0.5]])), "<b>")
        assert 'alt="heat map of &lt;b&gt;"' in html
        assert "1 sample × 2 numbers. White is 0, dark red 1.5, dark blue −1.5." in html
        assert "blue" not in heat_map(maps_of(np.array([[0.0, 0.5]])), "x")


class TestDistribution:
    def test_counts(self):
        counts, ends = counts_of(np.array([0.0, 0.1, 0.9, 1.0]), 2)
        assert counts.tolist() == [2, 2]
        assert ends == (0.0, 1.0)

    def test_as_numpy_counts(self):
        array = np.random.default_rng(0).normal(size=(40, 50)).astype("float32")
        counts, ends = counts_of(array, 12)
        expected, edges = np.histogram(array.astype("float64"), bins=12)
        assert counts.tolist() == expected.tolist()
        assert ends == (edges[0], edges[-1])

    @pytest.mark.parametrize(
        "numbers",
        [[1.0, np.nextafter(1.0, 2)], [-1.7e308, 1.7e308], [5e-324, 0.0], [3.0, 3.0]],
    )
    def test_ranges_that_are_tiny_or_huge(self, numbers):
        counts, _ = counts_of(np.array(numbers), 12)
        assert counts.sum() == 2

    def test_what_is_not_finite_is_left_out(self):
        assert counts_of(np.array([np.nan, np.inf, 1.0]), 4)[0].sum() == 1
        assert counts_of(np.array([np.nan]), 4)[0].size == 0
        assert counts_of(np.array(["a"]), 4)[0].size == 0

    def test_a_bar_that_is_not_empty_is_seen(self):
        assert bars_text((1.0, 0.0, 0.001, 0.5, 0.0)) == "█ ▁▄"
        assert bars_svg((1.0, 0.0, 0.001)).count("M") == 2
        assert bars_svg(()) == ""

    def test_numbers_that_were_not_kept_are_not_computed_again(self):
        assert bars_of(value("x", np.arange(9.0))) != ()
        assert bars_of(value("x", np.arange(9.0), dropped=True)) == ()
