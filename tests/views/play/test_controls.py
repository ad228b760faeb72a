"""Controls made of what an instructor writes; what cannot be one is refused."""

from __future__ import annotations

import ipywidgets
import numpy as np
import pytest

from teachkit.errors import TeachkitError, WrongTypeError, WrongValueError
from teachkit.views.play.controls import control_of
from teachkit.views.play.parameters import defaults_of
from teachkit.views.play.wording import settings_text, value_label
from tests.graphs import HOSTILE


@pytest.mark.parametrize(
    ("wanted", "kind", "value"),
    [
        ((8, 128), "IntSlider", 8),
        ((8, 128, 8), "IntSlider", 8),
        ((8, 8), "IntSlider", 8),
        (range(2, 9, 2), "IntSlider", 2),
        ((0.0, 1.0), "FloatSlider", 0.0),
        ((0, 0.5), "FloatSlider", 0.0),
        ((0, 1, 0.1), "FloatSlider", 0.0),
        ([8, 128], "Dropdown", 8),
        ((8, 16, 32, 64), "Dropdown", 8),
        (("relu", "tanh"), "Dropdown", "relu"),
        ([None, "relu"], "Dropdown", None),
        ([(3, 3), (5, 5)], "Dropdown", (3, 3)),
        ((True, False), "Dropdown", True),
        (True, "Checkbox", True),
        ("same", "Text", "same"),
    ],
)
def test_the_kind_of_a_control(wanted, kind, value):
    control = control_of("units", wanted, None)
    assert type(control).__name__ == kind
    assert control.value == value
    assert control.description == "units"


@pytest.mark.parametrize(
    ("wanted", "default", "value"),
    [
        ((8, 128), 32, 32),
        ((8, 128), 4, 8),
        ((0, 128), True, 0),
        ((8, 128), 9.5, 8),
        ((8, 128), "many", 8),
        ((0.0, 1.0), 0.5, 0.5),
        ((0.0, 2.0), 1, 1.0),
        (["relu", "tanh"], "tanh", "tanh"),
        (["relu", "tanh"], "gelu", "relu"),
    ],
)
def test_where_a_control_starts(wanted, default, value):
    found = control_of("p", wanted, default).value
    assert (found, type(found)) == (value, type(value))


def test_a_slider_has_its_range_and_step():
    slider = control_of("units", (8, 128, 4), None)
    assert (slider.min, slider.max, slider.step) == (8, 128, 4)
    assert not slider.continuous_update


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "an empty list"),
        ((), "an empty tuple"),
        ([0, False], "values for 'units' that can be told apart"),
        ([np.ones(2), np.ones(2)], "that can be told apart"),
        ((128, 8), "write the smaller number first: (8, 128)"),
        ((1, 8, 0), "with steps of 0"),
        ((1, 8, -1), "with steps of -1"),
        ((8, 16, 32), "for a choice of three values write a list: [8, 16, 32]"),
        ((0.0, float("inf")), "which has no end"),
        ((float("nan"), 1), "which has no end"),
        (64, "units=64"),
        (None, "units=None"),
        ({8, 16}, "a range or choices for 'units'"),
        (object(), "units=<object>"),
        (ipywidgets.VBox(), "a VBox, which has none"),
    ],
)
def test_what_cannot_be_a_control(wanted, words):
    with pytest.raises(TeachkitError) as caught:
        control_of("units", wanted, None)
    assert words in str(caught.value)


def test_labels_of_choices():
    labels = [value_label(v) for v in ("a", None, 3, 0.5, (1, 2), max, object)]
    assert labels == ["a", "None", "3", "0.5", "(1, 2)", "max", "object"]
    assert "0x" not in value_label(object())
    choices = control_of("p", ["None", None], None)
    assert choices.options == (("'None'", "None"), ("None", None))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_values(name):
    control = control_of(name, [name, "b"], None)
    assert control.value == name
    shown = settings_text({name: name}) + value_label(name)
    assert "\x1b" not in shown
    assert "\ud800" not in shown
    assert len(shown) < 400


class TestParameters:
    def test_defaults(self):
        assert defaults_of(lambda a, b=3, *c, **d: None, ["a", "b", "z"]) == {
            "a": None,
            "b": 3,
            "z": None,
        }

    @pytest.mark.parametrize(
        ("build", "names", "words"),
        [
            (lambda units: None, ["unit"], "Found: a control for 'unit'"),
            (lambda units: None, ["unit"], "What to do: write 'units'"),
            (lambda: None, ["units"], "which has none"),
            (lambda a, b: None, ["a"], "no control for 'b', which has no default"),
            (lambda a, /, b=1: None, ["b"], "'a', which can only be given by"),
            (lambda a: None, [], "at least one control"),
        ],
    )
    def test_controls_that_do_not_fit(self, build, names, words):
        with pytest.raises(WrongValueError) as caught:
            defaults_of(build, names)
        assert words in str(caught.value)

    def test_what_is_no_function(self):
        with pytest.raises(WrongTypeError, match="which cannot be called"):
            defaults_of(7, ["units"])
