"""What random layers for images draw: told for all, and checked where it can be."""

import pytest
from keras import layers

from teachkit.math import Arguments, Subject, bound, meaning_of, specs_of
from teachkit.math.image_residuals import RESIDUALS
from tests.math.cases.image_preprocessing import IMAGES, RANDOM
from tests.math.verifying import formula_problems


def meaning(name, images, training=True):
    layer = getattr(layers, name)(**RANDOM[name])
    given = Arguments(specs_of(dict(bound(layer, (images,), {}))))
    return meaning_of(Subject(layer, given, (), training))


@pytest.mark.parametrize("name", RANDOM)
def test_the_form_in_training_is_told(name):
    images = IMAGES.array(None)
    told = meaning(name, images)
    assert formula_problems(told.formula) == []
    assert told.shapes == (images.shape,)
    assert told.evaluate is None
    assert told.formula.text != meaning(name, images, training=False).formula.text


@pytest.mark.parametrize("name", RESIDUALS)
def test_other_images_could_not_have_come_out(name):
    images = IMAGES.array(None)
    other = images.copy()
    other[:, 0, 0] = 77.5
    other[:, 3:, 5] += 9.25
    told = meaning(name, images)
    given = Arguments(bound(getattr(layers, name)(**RANDOM[name]), (images,), {}))
    assert told.residual(given, [other]) > 1e-3
