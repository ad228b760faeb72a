"""Small pictures as PNG, written without a library: a few colours, a few pixels."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

Colour = tuple[int, int, int]


def indexed_png(
    pixels: np.ndarray[Any, Any], colours: Sequence[Colour], clear: int | None = None
) -> bytes:
    """Return a picture whose pixels are numbers of colours.

    Arguments:
        pixels: rows of numbers, below 256.
        colours: red, green and blue of each number.
        clear: number of the colour that lets the page through.

    Example:
        >>> picture = indexed_png(np.zeros((2, 3), np.uint8), [(255, 0, 0)])
        >>> picture[1:4]
        b'PNG'
    """
    height, width = pixels.shape
    # Each row begins with the number of its filter; 0 is none.
    rows = np.pad(pixels.astype(np.uint8), ((0, 0), (1, 0)))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(part for colour in colours for part in colour)),
    ]
    if clear is not None:
        parts.append((b"tRNS", b"\xff" * clear + b"\x00"))
    parts += [(b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def data_address(png: bytes) -> str:
    """Return a picture as an address that holds it, for `<img src>`."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
