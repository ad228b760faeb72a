"""Configurations of MelSpectrogram."""

from keras import layers

from tests.math.verifying import Case, In

SOUND = In((2, 40))
LENGTH = "time is told as (n + stride + 1) // stride, and is n // stride + 1", "shape"


def mel(**more):
    usual = {
        "fft_length": 16,
        "sequence_stride": 8,
        "sampling_rate": 100,
        "num_mel_bins": 4,
        "min_freq": 5.0,
    }
    return lambda: layers.MelSpectrogram(**{**usual, **more})


CASES = [
    Case("MelSpectrogram", mel(), SOUND),
    Case("MelSpectrogram of one sound", mel(), In((40,))),
    Case("MelSpectrogram without decibels", mel(power_to_db=False), SOUND),
    Case("MelSpectrogram hamming", mel(window="hamming", sequence_length=12), SOUND),
    Case("MelSpectrogram without a window", mel(window=None), SOUND),
    Case("MelSpectrogram own window", mel(window=[0.5] * 16), SOUND),
    Case("MelSpectrogram amplitude", mel(mag_exp=1.0, ref_power=2.0, top_db=5), SOUND),
    Case("MelSpectrogram high", mel(min_freq=10, max_freq=40), SOUND),
    Case("MelSpectrogram of 47", mel(), In((2, 47)), keras_is_wrong=LENGTH),
]
