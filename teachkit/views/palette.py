"""Colours: one for each family of layers and each shared layer, light and dark.

Text on every fill has a contrast of at least 7:1 (WCAG AAA), lines at least 3:1; a
test computes them. Colour never carries a meaning alone: type and badge are written.
"""

from __future__ import annotations

from typing import Literal, get_args

from teachkit.errors import WrongValueError

Theme = Literal["auto", "light", "dark"]

FAMILY_HUES = {
    "input": "slate",
    "output": "slate",
    "constant": "sand",
    "core": "blue",
    "convolutional": "indigo",
    "pooling": "teal",
    "normalization": "olive",
    "activations": "orange",
    "merging": "rose",
    "rnn": "purple",
    "attention": "purple",
    "reshaping": "cyan",
    "regularization": "olive",
    "preprocessing": "cyan",
    "operation": "rose",
    "model": "green",
    "custom": "sand",
}
"""Hue of each family; families that are not here look like `core`."""

HUES = {
    "slate": ("#e8ebf0", "#56617a", "#2b313d", "#93a0ba"),
    "sand": ("#f3ebdd", "#86683a", "#3a3225", "#c2a26b"),
    "blue": ("#e1edfb", "#2a68b0", "#1f3149", "#6ea8ec"),
    "indigo": ("#e7e7fb", "#5550c0", "#2b2a4d", "#9d99f2"),
    "teal": ("#dbf1ec", "#16776a", "#183a35", "#4fc0ae"),
    "olive": ("#edf0d8", "#697018", "#33361a", "#b4bc5c"),
    "orange": ("#fdeada", "#b05a13", "#422c1b", "#ee9c56"),
    "rose": ("#fbe4ea", "#b23a5e", "#43232d", "#f08aa8"),
    "purple": ("#f3e4f8", "#8a3fa5", "#3a2443", "#cf8be6"),
    "cyan": ("#dceff6", "#1c7093", "#1b3641", "#5fb8dd"),
    "green": ("#e2f2e0", "#35783a", "#20381f", "#7cc47f"),
}
"""Fill and line of each hue: light fill, light line, dark fill, dark line."""

SHARED = (
    ("#b8336a", "#f28ab2"),
    ("#2463a8", "#7ab4f5"),
    ("#7a5c00", "#e0be4a"),
    ("#1f7a4d", "#63cf9b"),
    ("#7b3fb0", "#c79bf2"),
    ("#a8480c", "#f5a06a"),
)
"""Colour of the badges and ties of shared layers, light and dark, taken in turn."""

MARKS = {
    "reason": ("#a3380a", "#ffab7a"),
    "added": ("#1f7a4d", "#63cf9b"),
    "removed": ("#b3263e", "#ff9aa8"),
    "changed": ("#7a5c00", "#e0be4a"),
}
"""Colour of the labels that point a call out, light and dark."""

GROUND = {"paper": ("#ffffff", "#161a20"), "text": ("#16191f", "#f1f3f6")}
LINES = {"wire": ("#5b6472", "#9aa5b5"), "frame": ("#8b95a5", "#6c7788")}
BADGE_TEXT = ("#ffffff", "#16191f")


def variables(dark: bool) -> dict[str, str]:
    """Return every colour of a theme, by the name of its CSS variable."""
    index = 1 if dark else 0
    found = {f"--tk-{name}": pair[index] for name, pair in {**GROUND, **LINES}.items()}
    found["--tk-badge-text"] = BADGE_TEXT[index]
    for hue, colours in HUES.items():
        found[f"--tk-{hue}-fill"] = colours[2 * index]
        found[f"--tk-{hue}-line"] = colours[2 * index + 1]
    for kind, pair in MARKS.items():
        found[f"--tk-{kind}"] = pair[index]
    for number, pair in enumerate(SHARED):
        found[f"--tk-shared-{number}"] = pair[index]
    return found


def check_theme(theme: Theme) -> None:
    """Refuse a theme that does not exist.

    Raises:
        WrongValueError: with the themes that do.
    """
    if theme not in get_args(Theme):
        raise WrongValueError(
            "theme='auto', theme='light' or theme='dark'",
            f"theme={theme!r}",
            "choose one of these",
        )


def hue_of(family: str) -> str:
    """Return the hue of a family of layers."""
    return FAMILY_HUES.get(family, "blue")


def shared_colour(number: int) -> str:
    """Return the CSS variable for the badge of the number-th shared layer."""
    return f"--tk-shared-{(number - 1) % len(SHARED)}"
