"""The stylesheet inside every SVG: themes as CSS variables, then what uses them."""

from __future__ import annotations

import re

from teachkit.views.palette import HUES, MARKS, SHARED, Theme, variables

FONTS = (
    "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
)

_RULES = f"""
.tk {{ font-family: {FONTS}; font-size: 12px; color-scheme: light dark }}
.tk text {{ fill: var(--tk-text); stroke: none }}
.tk .title {{ font-size: 13px; font-weight: 600 }}
.tk .paper {{ fill: var(--tk-paper) }}
.tk .box rect {{ stroke-width: 1.2 }}
.tk .frame rect {{ fill-opacity: .35; stroke-dasharray: none; stroke-width: 1.2 }}
.tk .input rect, .tk .output rect {{ stroke-width: 2 }}
.tk .unused rect {{ stroke-dasharray: 5 4; fill-opacity: .4 }}
.tk .wire path {{ fill: none; stroke: var(--tk-wire); stroke-width: 1.4 }}
.tk .wire polygon {{ fill: var(--tk-wire); stroke: none }}
.tk .halo {{ paint-order: stroke; stroke: var(--tk-paper); stroke-width: 3px }}
.tk .tie {{ fill: none; stroke-width: 2; stroke-dasharray: 2 5; stroke-linecap: round }}
.tk .mark rect {{ stroke: var(--tk-paper); stroke-width: 1.5 }}
.tk .mark text {{ fill: var(--tk-badge-text); font-size: 11px; font-weight: 600 }}
.tk .ring {{ fill: none; stroke: var(--tk-reason); stroke-width: 3.4 }}
.tk .name {{ font-size: 15px; font-weight: 600 }}
.tk .divide {{ stroke: var(--tk-frame); stroke-width: 1 }}
.tk .badge text {{ fill: var(--tk-badge-text); font-weight: 600 }}
"""


def stylesheet(theme: Theme) -> str:
    """Return the CSS of a drawing.

    `auto` follows the page: Jupyter's and VS Code's own themes first, else what the
    reader's system prefers; print is light. `light` and `dark` are fixed, and have
    no variables left, so that programs which know none can render them.
    """
    if theme == "auto":
        return _themes() + drawing_rules()
    return resolved(drawing_rules(), dark=theme == "dark")


def resolved(css: str, *, dark: bool) -> str:
    """Return text with each CSS variable replaced by its colour."""
    colours = variables(dark)
    return re.sub(r"var\((--tk-[a-z0-9-]+)\)", lambda found: colours[found[1]], css)


def drawing_rules() -> str:
    """Return what everything in a drawing looks like, by the colours of a theme."""
    hues = "".join(
        f".tk .{hue} > rect {{ fill: var(--tk-{hue}-fill); "
        f"stroke: var(--tk-{hue}-line) }}\n"
        for hue in HUES
    )
    ties = "".join(
        f".tk .shared-{k} {{ stroke: var(--tk-shared-{k}) }}\n"
        f".tk .badge.shared-{k} {{ fill: var(--tk-shared-{k}); stroke: none }}\n"
        f".tk .mark.shared-{k} rect {{ fill: var(--tk-shared-{k}) }}\n"
        for k in range(len(SHARED))
    )
    marks = "".join(
        f".tk .mark.{kind} rect {{ fill: var(--tk-{kind}) }}\n" for kind in MARKS
    )
    return _RULES + hues + ties + marks


def _themes() -> str:
    light, dark = _declarations(dark=False), _declarations(dark=True)
    return (
        f".tk {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ .tk {{ {dark} }} }}\n"
        f'[data-jp-theme-light="true"] .tk, .vscode-light .tk {{ {light} }}\n'
        f'[data-jp-theme-light="false"] .tk, .vscode-dark .tk {{ {dark} }}\n'
        f"@media print {{ .tk.tk {{ {light} }} }}\n"
    )


def _declarations(*, dark: bool) -> str:
    return "; ".join(f"{name}: {colour}" for name, colour in variables(dark).items())
