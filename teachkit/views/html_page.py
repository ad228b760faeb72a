"""The HTML page around what we show: its style, light and dark, without network."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.views.clean import clean_html

_STYLE = """
:root { color-scheme: light dark; --ink: #16191f; --paper: #fff; --rule: #c9d0da }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f3f6; --paper: #161a20; --rule: #454d5a } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper);  margin: 2rem auto; padding: 0 1.5rem; max-width: 70rem }
figure { margin: 1.5rem 0; overflow-x: auto }
table { border-collapse: collapse; font-size: .9rem; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top;
  border-bottom: 1px solid var(--rule); overflow-wrap: break-word }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto }
pre { overflow-x: auto; line-height: 1.3 }
@media print { :root { --ink: #000; --paper: #fff } figure { overflow: visible } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """Return a whole HTML page.

    Arguments:
        title: plain text.
        body: HTML.
        style: CSS beside that of all pages.
    """
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{clean_html(title)}</title>
<style>{_STYLE}{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def with_headings(text: str, tag: str) -> str:
    """Return HTML with a tag for its headings: those that follow on the ones around.

    Example:
        >>> with_headings("<h3>Calls</h3>", 'p class="title"')
        '<p class="title">Calls</p>'
    """
    return text.replace("<h3>", f"<{tag}>").replace("</h3>", f"</{tag.split()[0]}>")


def definitions(facts: Iterable[tuple[str, str]]) -> str:
    """Return titles and texts as a list; the texts are HTML."""
    items = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in facts)
    return f"<dl>{items}</dl>"
