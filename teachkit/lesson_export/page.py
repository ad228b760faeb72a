"""The page of a whole notebook: its cells from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from nbconvert.filters import Highlight2HTML

from teachkit.lesson_export.markdown import Markdown
from teachkit.lesson_export.outputs import Outputs
from teachkit.views.clean import clean_html

_STYLE = Path(__file__).parent / "lesson.css"
_HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`$]")

_POLICY = "default-src 'unsafe-inline' 'unsafe-eval' data: blob:; base-uri 'none'"
"""What the browser lets the page load: what it holds itself, and nothing else."""

_WIDE_BY_KEYBOARD = """<script type="module">
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
});
const wide = "pre, .scroll, math[display=block]";
for (const one of document.querySelectorAll(wide))
  if (!one.closest("[data-live]")) observer.observe(one);
</script>"""
"""Lets the keys scroll what is too wide, in browsers that do not by themselves."""


class LessonPage:
    """A notebook as one page.

    Arguments:
        notebook: with its results.
        path: where it lies; pictures beside it become part of the page.
    """

    def __init__(self, notebook: Any, path: Path) -> None:
        self._notebook = notebook
        self._path = path

    @property
    def title(self) -> str:
        """The first heading; without one, the name of the file."""
        for cell in self._notebook.cells:
            found = _HEADING.search(cell.source)
            if cell.cell_type == "markdown" and found:
                return _MARKS.sub("", found[1])
        return self._path.stem

    @property
    def language(self) -> str:
        """The language of the text, which a notebook may say in its metadata."""
        return str(self._notebook.metadata.get("lang") or "en")

    @cached_property
    def text(self) -> str:
        """The texts and the code, without results."""
        return "\n\n".join(cell.source for cell in self._notebook.cells)

    def html(self) -> str:
        """Return the page."""
        body = self._body()
        style = _STYLE.read_text(encoding="utf-8")
        return f"""<!doctype html>
<html lang="{clean_html(self.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width">
<title>{clean_html(self.title)}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""

    def _body(self) -> str:
        markdown = Markdown(self._path.parent)
        outputs = Outputs(self._notebook.metadata, markdown)
        cells = [_cell(cell, markdown, outputs) for cell in self._notebook.cells]
        parts = ["<main>", *cells, "</main>", outputs.widgets.shared, _WIDE_BY_KEYBOARD]
        return "\n".join(filter(None, parts))


def _cell(cell: Any, markdown: Markdown, outputs: Outputs) -> str:
    """Return a cell; what is folded away in the notebook is folded in the page."""
    if cell.cell_type == "markdown":
        return markdown.html(cell.source, cell.get("attachments")).strip()
    if cell.cell_type != "code" or not cell.source.strip():
        return ""
    code, result = _code(cell.source), outputs.html(cell.outputs)
    hidden = cell.metadata.get("jupyter", {})
    if hidden.get("source_hidden"):
        code = _folded(_name_of_code(cell.metadata), code)
    if result and (hidden.get("outputs_hidden") or cell.metadata.get("collapsed")):
        result = _folded("Result", result)
    return f'<div class="cell">\n{code}\n{result}\n</div>'


def _code(source: str) -> str:
    highlight = Highlight2HTML(pygments_lexer="ipython3")  # type: ignore[no-untyped-call]
    return str(highlight(source)).strip()


def _name_of_code(metadata: Mapping[str, Any]) -> str:
    return "Solution" if "solution" in metadata.get("tags", []) else "Code"


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>\n{inside}\n</details>"
