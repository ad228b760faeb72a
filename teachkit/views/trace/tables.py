"""Tables in HTML that scroll by themselves where the screen is narrow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from teachkit.views.clean import clean_html


def html_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    name: int = 0,
    wide: bool = False,
) -> str:
    """Return a table.

    Arguments:
        heads: plain texts.
        rows: cells as HTML.
        numbers: columns that hold numbers.
        name: the column that says what the row is about.
        wide: it may be wider than a screen, and tells so.
    """
    top = "".join(
        f'<th scope="col"{_class(k, numbers)}>{clean_html(head)}</th>'
        for k, head in enumerate(heads)
    )
    body = "".join(f"<tr>{_row(row, numbers, name)}</tr>\n" for row in rows)
    return scrolled(f"<thead><tr>{top}</tr></thead>\n<tbody>\n{body}</tbody>", wide)


def scrolled(inside: str, wide: bool = False) -> str:
    """Return a table in a frame that scrolls; the keyboard reaches it too."""
    kind = "scroll wide" if wide else "scroll"
    return f'<div class="{kind}" tabindex="0"><table>{inside}</table></div>'


def path_html(path: str, depth: int) -> str:
    """Return the path of a call in a list that shows by itself what is inside what.

    On a narrow screen only the last part is shown.
    """
    outer, slash, own = path.rpartition("/")
    if not depth or not slash:
        return clean_html(path)
    return f'<span class="outer">{clean_html(outer)}/</span>{clean_html(own)}'


def _row(row: Sequence[str], numbers: Collection[int], name: int) -> str:
    return "".join(
        f'<th scope="row">{cell}</th>'
        if k == name
        else f"<td{_class(k, numbers)}>{cell}</td>"
        for k, cell in enumerate(row)
    )


def _class(k: int, numbers: Collection[int]) -> str:
    return ' class="number"' if k in numbers else ""
