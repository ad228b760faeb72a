"""What holds before the first import of Keras: a quiet TensorFlow, on the processor.

`make` exports the same; it stands here again for who runs pytest without make. What is
set already stays.
"""

import os
import sys

import pytest

ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}

for name, value in ENVIRONMENT.items():
    os.environ.setdefault(name, value)


@pytest.fixture(autouse=True)
def automatic_names_start_anew():
    """Let no test see how many layers of a class the tests before it have made."""
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.utils.clear_session(free_memory=False)
