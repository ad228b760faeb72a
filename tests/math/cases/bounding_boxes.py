"""Configurations of MaxNumBoundingBoxes."""

from keras import layers

from tests.math.verifying import Case, In


def boxes(count):
    return {
        "images": In((2, 4, 4, 3)),
        "bounding_boxes": {
            "boxes": In((2, count, 4)),
            "labels": In((2, count), "int32"),
        },
    }


def most(count):
    return lambda: layers.MaxNumBoundingBoxes(count, bounding_box_format="xyxy")


CASES = [
    Case("MaxNumBoundingBoxes filled", most(5), boxes(3)),
    Case("MaxNumBoundingBoxes cut", most(2), boxes(3)),
    Case(
        "MaxNumBoundingBoxes filled with 0",
        lambda: layers.MaxNumBoundingBoxes(5, 0, bounding_box_format="xyxy"),
        boxes(3),
    ),
    Case("MaxNumBoundingBoxes without boxes", most(2), In((2, 4, 4, 3))),
]
