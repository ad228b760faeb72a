"""What all views in a browser have in common: when they are made, and what they say.

A view costs nothing until it is shown: data for the browser are made, and the channel
to it is opened, when a notebook asks for the view's id. So a view that is only saved
to a file leaves nothing behind, and can be collected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from teachkit.errors import TeachkitError, WrongTypeError
from teachkit.views.clean import clean_html
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

    # Unicode and List refuse in words that are not ours, and Any takes None.
    selected: traitlets.TraitType[Any, Any] = traitlets.TraitType("").tag(sync=True)
    highlighted: traitlets.TraitType[Any, Any] = traitlets.TraitType().tag(sync=True)
    opened: traitlets.TraitType[Any, Any] = traitlets.TraitType().tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    _data = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self._listeners = CallbackDispatcher()
        super().__init__(**traits)
        self.on_msg(lambda _, content, __: self.answer(content))

    @traitlets.default("highlighted")
    def _none_lit(self) -> list[str]:
        return []

    @traitlets.default("opened")
    def _none_open(self) -> list[str]:
        return []

    @traitlets.validate("selected")
    def _check_selected(self, proposal: Any) -> str:
        return self._checked(proposal.value)

    @traitlets.validate("highlighted", "opened")
    def _check_names(self, proposal: Any) -> list[str]:
        names = proposal.value
        if isinstance(names, str) or not isinstance(names, Iterable):
            raise WrongTypeError(
                f"a list of paths, such as {proposal.trait.name} = ['dense']",
                f"the text {names!r}" if isinstance(names, str) else _told(names),
                "write it in square brackets",
            )
        return [self._checked(name) for name in names]

    def content(self) -> Content:
        """Return all that the browser is to know, as JSON values."""
        raise NotImplementedError

    def static_forms(self) -> dict[str, str]:
        """Return what stands for the view where no widget can be shown."""
        raise NotImplementedError

    def names(self) -> frozenset[str]:
        """Return the names of all that is drawn."""
        raise NotImplementedError

    def refuse(self, name: str) -> None:
        """Refuse a name that is not drawn, unless it is hidden for a good reason.

        Raises:
            WrongValueError: with names that come close.
        """
        raise NotImplementedError

    def panel_of(self, path: str) -> str:
        """Run the model and return what is told of one call, as HTML.

        Raises:
            TeachkitError: there is no such call, or the model cannot be run.
        """
        raise NotImplementedError

    def on_select(
        self, callback: Callable[[str], object], *, remove: bool = False
    ) -> None:
        """Call a function with the path whenever a person selects something.

        It is not called when `selected` is set from Python; for that there is
        `view.observe(function, "selected")`.

        Arguments:
            callback: gets the path of a call, the name of an edge, or an empty text
                when the selection is cleared. Should it fail, the others are called.
            remove: True to call it no more.

        Raises:
            WrongTypeError: this cannot be called.
        """
        if not callable(callback):
            raise WrongTypeError(
                "a function of one argument, the path of what was selected",
                _told(callback),
                "for example view.on_select(print)",
            )
        self._listeners.register_callback(callback, remove)

    def open(self) -> None:
        """Do nothing: the constructor calls this, before anybody looks."""

    def close(self) -> None:
        """Take the view from the page. It can be shown again."""
        super().close()
        self.__dict__.pop("_repr_mimebundle_", None)

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

    def state(self) -> dict[str, Any]:
        """Return what a browser is to know, by the name of the trait."""
        return {name: getattr(self, name) for name in sorted(self.keys)}

    def live(self) -> Live:
        """Return the view as it stands, to be put into a page without a kernel."""
        self.prepare()
        return live(self.state())

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a browser says; not what no longer fits, such as a name.

        The model may be another one by the time that a click arrives.
        """
        before = {name: getattr(self, name) for name in sync_data if name in self.keys}
        try:
            super().set_state(sync_data)
        except (TeachkitError, traitlets.TraitError):
            for name, value in before.items():
                setattr(self, name, value)

    def answer(self, content: Any) -> None:
        """Do what the browser asks for; what makes no sense is passed over.

        Arguments:
            content: its message, with what happened as `event`: `hello` from a new
                page, `select` with a `path` from a person, `compute` with the `path`
                of a call whose check is wanted.
        """
        message = content if isinstance(content, dict) else {}
        event, path = message.get("event"), message.get("path")
        if event == "hello":
            self.prepare()
            self.send({"event": "live"})
        elif event == "select" and isinstance(path, str):
            self._listeners(path)
        elif event == "compute" and isinstance(path, str):
            self.send({"event": "panel", "path": path, "panel": self._panel(path)})

    def _panel(self, path: str) -> str:
        try:
            return self.panel_of(path)
        except TeachkitError as error:
            return f"<p>{clean_html(str(error))}</p>"

    def _checked(self, name: Any) -> str:
        if not isinstance(name, str):
            raise WrongTypeError(
                "the path of a call, as text: 'encoder/dense'",
                _told(name),
                "write its name, or '' for nothing",
            )
        if name and name not in self.names():
            self.refuse(name)
        return name


def _told(value: object) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"
