"""What all views in a browser have in common: when they are made, and what they say.

A view costs nothing until it is shown: data for the browser are made, and the channel
to it is opened, when a notebook asks for the view's id. So a view that is only saved
to a file leaves nothing behind, and can be collected.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from teachkit.views.widget.packing import packed
from teachkit.views.widget.standalone import Live, live

Content = dict[str, Any]


class View(anywidget.AnyWidget):
    """A view in a browser: a subclass names its script and styles, `_esm` and `_css`.

    Attributes:
        selected: path of the call that is selected, `encoder/dense:2`, or an edge,
            `source->target:port`; empty for nothing. Setting it moves the view.
        highlighted: paths of the calls that are lit.
        opened: paths of the groups that are open, nested models and repeated blocks.
        problem: a sentence that is shown above the drawing; empty for none.
    """

    selected = traitlets.Unicode("").tag(sync=True)
    highlighted = traitlets.List(traitlets.Unicode()).tag(sync=True)
    opened = traitlets.List(traitlets.Unicode()).tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    _data = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._listeners: list[Callable[[str], object]] = []
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: self.answer(content))

    def content(self) -> Content:
        """Return all that the browser is to know, as JSON values."""
        raise NotImplementedError

    def static_forms(self) -> dict[str, str]:
        """Return what stands for the view where no widget can be shown."""
        raise NotImplementedError

    def on_select(
        self, callback: Callable[[str], object], *, remove: bool = False
    ) -> None:
        """Call a function with the path whenever a person selects something.

        It is not called when `selected` is set from Python; for that there is
        `view.observe(function, "selected")`.

        Arguments:
            callback: gets the path of a call, the name of an edge, or an empty text
                when the selection is cleared.
            remove: True to call it no more.
        """
        if remove:
            self._listeners = [one for one in self._listeners if one != callback]
        else:
            self._listeners = [*self._listeners, callback]

    def open(self) -> None:
        """Do nothing: the constructor calls this, before anybody looks."""

    @property
    def model_id(self) -> str | None:
        """The id by which a browser knows the view; asked for when it is shown."""
        if self.comm is None:
            self.prepare()
            super().open()
        found: str | None = super().model_id
        return found

    def prepare(self) -> None:
        """Make the data for the browser, unless they are there."""
        if not self._data:
            self._data = packed(self.content())

    def renew(self) -> None:
        """Make the data for the browser again, if it has any."""
        if self._data:
            self._data = packed(self.content())

    def _repr_mimebundle_(self, **_: Any) -> Any:
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        forms = {**data, **self.static_forms()}
        return (forms, metadata) if metadata else forms

    def live(self) -> Live:
        """Return the view as it stands, to be put into a page without a kernel."""
        self.prepare()
        return live({name: getattr(self, name) for name in sorted(self.keys)})

    def answer(self, content: Content) -> None:
        """Do what the browser asks for.

        Arguments:
            content: its message, with what happened as `event`: `hello` from a new
                page, `select` with a `path` from a person.
        """
        event = content.get("event")
        if event == "hello":
            self.prepare()
            self.send({"event": "live"})
        elif event == "select":
            for callback in self._listeners:
                callback(content["path"])
