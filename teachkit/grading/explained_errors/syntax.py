"""Code that Python cannot read."""

from __future__ import annotations

from teachkit.grading.explained_errors.registry import Match, explains
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.findings import Finding

_PLAIN = {
    "was never closed": "a bracket opens here and is never closed",
    "unmatched": "a bracket closes here that was never opened",
    "does not match opening": "a bracket closes here that does not fit the open one",
    "forgot a comma": "two things stand side by side; a comma is missing",
    "unterminated string": "a text begins here and has no closing quote",
    "unterminated triple-quoted": "a text in triple quotes has no end",
    "unterminated f-string": "a text begins here and has no closing quote",
    "Missing parentheses in call": "a function is called without parentheses",
    "expected ':'": "a colon is missing at the end of this line",
    "Maybe you meant '==' or": "`=` gives a name; to compare two things write `==`",
    "cannot assign to": "on the left of `=` there must be a name",
    "positional argument follows keyword": "an argument without a name stands after "
    "one with a name; named ones come last",
    "keyword argument repeated": "one argument is given twice",
    "outside function": "`return` stands outside of a function",
    "invalid character": "a letter is here that Python does not know, often a curly "
    "quote or a dash that was copied from a text",
    "invalid non-printable": "an invisible letter is here, often copied from a page",
    "null bytes": "the file holds zero bytes, so it is no text",
    "too many statically nested": "blocks are nested too deeply",
}


@explains(r"^IndentationError: |^TabError: ")
def indentation(scene: Scene, match: Match) -> Finding:
    """Say that lines do not begin where they should."""
    so = "Python reads from the space before a line which block it belongs to."
    if "expected an indented block" in scene.text:
        so = "The line above ends with a colon: what belongs to it moves to the right."
    if scene.kind == "TabError":
        so = "Tabs and spaces are mixed, and Python cannot tell how deep the line is."
    return scene.finding(
        "the space at the beginning does not fit.",
        f"{so} So no line has run.",
        "Give lines of one block the same number of spaces.",
    )


@explains(
    r"^SyntaxError: ",
    r"ValueError: source code .*null",
    r"^UnicodeDecodeError: .*source",
)
def syntax_error(scene: Scene, match: Match) -> Finding:
    """Say in a plain sentence what Python cannot read."""
    reason = getattr(scene.error, "msg", scene.text) or "this cannot be read"
    plain = next((told for key, told in _PLAIN.items() if key in reason), "")
    see = plain or f"Python cannot read this ({reason})"
    look = "Look at this line and at the end of the line above."
    if "null" in reason:
        look = "Save the answer as a text file that ends .py."
    return scene.finding(f"{see}.", "So no line has run.", look)


@explains(r"^RecursionError: .*(compilation|parser|compil)", r"^MemoryError: .*parser")
def nested_too_deeply(scene: Scene, match: Match) -> Finding:
    """Say that an expression is too long to be read."""
    return scene.finding(
        "an expression is nested too deeply for Python to read it.",
        "So no line has run.",
        "Give names to its parts, or use a loop.",
    )
