"""Pass on what an answer prints, up to a limit."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import IO

_PIECE = 4096


class PassedOn:
    """Reads what a process prints and writes it to our standard error.

    Beyond the limit it is read and dropped, so that the process does not wait.

    Arguments:
        source: where the process prints.
        most: bytes that are passed on.
    """

    def __init__(self, source: IO[bytes] | None, most: int) -> None:
        self._source = source
        self._most = most
        self._read = 0
        self._thread = threading.Thread(target=self._pass_on, daemon=True)
        self._thread.start()

    @property
    def advice(self) -> tuple[str, ...]:
        """A sentence if something was dropped."""
        if self._read <= self._most:
            return ()
        shown = self._most // 1000
        return (f"Your code prints a lot; only its first {shown} kB are shown.",)

    def finish(self) -> None:
        """Wait for the last of it; one that still holds the line is not waited for."""
        self._thread.join(timeout=2)
        if self._source is not None and not self._thread.is_alive():
            self._source.close()
        if self._read > self._most:
            print(f"\n[... {self.advice[0]}]", file=sys.stderr)  # noqa: T201 - it stands where the output ends

    def _pass_on(self) -> None:
        if self._source is None:
            return
        with contextlib.suppress(OSError, ValueError):
            while piece := self._source.read1(_PIECE):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
                shown = piece[: max(self._most - self._read, 0)]
                self._read += len(piece)
                _write(shown)


def _write(piece: bytes) -> None:
    # Whoever captures our standard error may give it no bytes.
    target = getattr(sys.stderr, "buffer", None)
    if target is None:
        sys.stderr.write(piece.decode("utf-8", "replace"))
    else:
        sys.stderr.flush()
        target.write(piece)
        target.flush()
