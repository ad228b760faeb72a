"""What TensorFlow cannot run on a processor: sound with its channels first."""

import numpy as np
import pytest
from keras import layers

from teachkit.math import Arguments, Subject, bound, meaning_of, specs_of


@pytest.mark.parametrize("expand_dims", [False, True])
@pytest.mark.parametrize("mode", ["log", "stft"])
def test_channels_first_is_channels_last_with_other_axes(mode, expand_dims):
    first = layers.STFTSpectrogram(
        mode, 8, expand_dims=expand_dims, data_format="channels_first"
    )
    last = layers.STFTSpectrogram(mode, 8, expand_dims=expand_dims)
    sound = np.random.default_rng(0).normal(size=(2, 20, 3))
    turned = np.moveaxis(sound, -1, 1)
    first.build((None, 3, 20))
    last.build((None, 20, 3))
    meaning = meaning_of(subject(first, turned))
    result = meaning.evaluate(bound(first, (turned,), {}))
    usual = meaning_of(subject(last, sound)).evaluate(bound(last, (sound,), {}))
    order = (0, 3, 1, 2) if expand_dims else (0, 2, 1)
    np.testing.assert_allclose(result, usual.transpose(order))
    assert meaning.shapes == (first.compute_output_shape(turned.shape),)


def subject(layer, sound):
    return Subject(layer, Arguments(specs_of(dict(bound(layer, (sound,), {})))))
