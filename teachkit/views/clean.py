"""Names and sentences made fit for XML and HTML: nothing in them can break out."""

from __future__ import annotations

from html import escape

from teachkit.layout.text_size import visible


def clean(text: str, length: int | None = None) -> str:
    """Return text that XML can hold, shortened to a length.

    Control characters become visible escapes; line breaks stay.
    """
    if length is not None and len(text) > length:
        text = f"{text[: length - 1]}…"
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c == "\n" else visible(c) for c in text)


def clean_html(text: str) -> str:
    """Return text for HTML: as `clean`, with `<`, `&` and quotes escaped."""
    return escape(clean(text))
