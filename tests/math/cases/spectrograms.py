"""Configurations of STFTSpectrogram."""

from keras import layers

from tests.math.verifying import Case, In

SOUND = In((2, 20, 2))


def stft(**more):
    return lambda: layers.STFTSpectrogram(**{"frame_length": 8, **more})


CASES = [
    *[
        Case(f"STFTSpectrogram {mode}", stft(mode=mode), SOUND)
        for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft")
    ],
    Case("STFTSpectrogram same", stft(padding="same", frame_step=3), SOUND),
    Case("STFTSpectrogram long Fourier", stft(fft_length=16, frame_step=5), SOUND),
    Case("STFTSpectrogram frame of 6", stft(frame_length=6), SOUND),
    Case("STFTSpectrogram with channels", stft(expand_dims=True), SOUND),
    Case(
        "STFTSpectrogram hamming",
        stft(window="hamming", scaling="spectrum", periodic=True),
        SOUND,
    ),
    Case("STFTSpectrogram without a window", stft(window=None, scaling=None), SOUND),
]
