"""Where an error happened: the student's line, its expression, its values."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import FrameType
from typing import Any

import keras

from teachkit.grading.explained_errors.places import expression_at, plain_text
from teachkit.grading.findings import Finding

_LONGEST_LINE = 90


@dataclass(frozen=True)
class Scene:
    """An error with everything around it.

    Attributes:
        error: as the student's code raised it.
        filename: of the answer.
        names: as the code left them.
    """

    error: BaseException
    filename: str
    names: Mapping[str, Any]

    @cached_property
    def kind(self) -> str:
        """The name of its class."""
        return type(self.error).__name__

    @cached_property
    def text(self) -> str:
        """Its message, without colours and without what Keras puts around it."""
        return plain_text(self.error)

    @cached_property
    def _own(self) -> tuple[FrameType, ast.AST | None, int] | None:
        """The last frame of the student's code, what it computed, and its line."""
        found = None
        trace = self.error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self.filename:
                found = trace
            trace = trace.tb_next
        if found is None:
            return None
        positions = list(found.tb_frame.f_code.co_positions())
        place = positions[found.tb_lasti // 2]
        return found.tb_frame, expression_at(self.source, place), found.tb_lineno

    @cached_property
    def source(self) -> str:
        """All code of the answer."""
        return "".join(linecache.getlines(self.filename))

    @property
    def line(self) -> int | None:
        """Its line in the answer."""
        if isinstance(self.error, SyntaxError) and self.error.filename == self.filename:
            return self.error.lineno
        return self._own[2] if self._own else None

    @property
    def code(self) -> str:
        """What stands in that line."""
        if self.line is None:
            return ""
        return linecache.getline(self.filename, self.line).strip()

    @property
    def place(self) -> str:
        """The line in words: ` in line 4, `x = Dense(3)``."""
        if self.line is None:
            return ""
        cell = f" of {self.filename}" if self.filename.startswith("cell ") else ""
        code = self.code
        if len(code) > _LONGEST_LINE:
            code = f"{code[: _LONGEST_LINE - 1]}…"
        return f" in line {self.line}{cell}" + (f", `{code}`" if code else "")

    @property
    def expression(self) -> ast.AST | None:
        """What was computed when it happened, as it stands in the code."""
        return self._own[1] if self._own else None

    @property
    def call(self) -> ast.Call | None:
        """The same, where it is a call."""
        node = self.expression
        return node if isinstance(node, ast.Call) else None

    @property
    def called(self) -> str:
        """The name of what was called: `Model`; of `Add()(a, b)` it is `Add`."""
        function = self.call.func if self.call else None
        while isinstance(function, ast.Call):
            function = function.func
        if isinstance(function, ast.Attribute):
            return function.attr
        return function.id if isinstance(function, ast.Name) else ""

    def value_of(self, node: ast.AST | None) -> Any:
        """Return what a name stood for; None for anything else."""
        if not isinstance(node, ast.Name):
            return None
        own = self._own[0].f_locals if self._own else {}
        return own.get(node.id, self.names.get(node.id))

    def written(self, node: ast.AST | None, most: int = 40) -> str:
        """Return code as its author wrote it, shortened."""
        text = ast.get_source_segment(self.source, node) if node is not None else None
        text = " ".join((text or "").split())
        return text if len(text) <= most else f"{text[: most - 1]}…"

    def name_of(self, thing: Any) -> str:
        """Return the student's name for something, or an empty text."""
        own = self._own[0].f_locals if self._own else {}
        for names in (own, self.names):
            for name, value in list(names.items()):
                if value is thing and not name.startswith("_"):
                    return name
        return ""

    def variables_of(self, kind: type) -> Iterator[tuple[str, Any]]:
        """Yield the student's names of a kind, with what they stand for."""
        for name, value in list(self.names.items()):
            if issubclass(type(value), kind) and not name.startswith("_"):
                yield name, value

    def inner_value(self, name: str, kind: type | tuple[type, ...]) -> Any:
        """Return the value of a name in the code of Keras, the first of a kind."""
        for frame in self._inner_frames():
            value = frame.f_locals.get(name)
            if isinstance(value, kind):
                return value
        return None

    def _inner_frames(self) -> Iterator[FrameType]:
        trace = self.error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename != self.filename:
                yield trace.tb_frame
            trace = trace.tb_next

    @property
    def layer_class(self) -> str:
        """The class of the layer that was called, or an empty text."""
        function = self.call.func if self.call else None
        value = self.value_of(function)
        if isinstance(value, keras.Layer):
            return type(value).__name__
        return self.called if isinstance(function, ast.Call) else ""

    def setting(self, name: str) -> Any:
        """Return a plain setting of the layer that was called, such as its `axis`."""
        function = self.call.func if self.call else None
        for keyword in function.keywords if isinstance(function, ast.Call) else ():
            if keyword.arg == name:
                return ast.literal_eval(keyword.value)
        return None

    def finding(
        self,
        see: str,
        so: str = "",
        look: str = "",
        *,
        rule: int | None = None,
        misconception: str = "",
    ) -> Finding:
        """Return what is said: the line comes first in it.

        Arguments:
            see: a sentence without its beginning: "a layer where ... belongs".
            so: what follows, as a whole sentence.
            look: where to look, as a whole sentence.
            rule: of the notional machine.
            misconception: behind it.
        """
        return Finding(
            f"I see{self.place}: {see}",
            so,
            look,
            rule=rule,
            misconception=misconception,
            facts={"line": self.line, "error": self.kind},
        )
