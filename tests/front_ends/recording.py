"""A page of a notebook, and what it says and asks for while it is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

HOME = (None, "127.0.0.1")
"""Hosts that are no network; data: and blob: have none."""


@dataclass
class OpenNotebook:
    """A notebook whose cells have run.

    Attributes:
        page: the page in the browser.
        ignored: errors that are not noted.
        faults: errors of cells, of scripts, and those told in the console.
        outside: addresses beyond this machine that were asked for.
    """

    page: Page
    ignored: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Note what the console tells if it is an error."""
        if message.type == "error":
            self.note(f"{message.text} ({message.location.get('url')})")

    def note(self, fault: str) -> None:
        """Note an error, unless it is to be ignored."""
        if not fault.startswith(self.ignored):
            self.faults.append(fault)

    def follow(self, address: str) -> None:
        """Note an address that is asked for if it is not of this machine."""
        if urlsplit(address).hostname not in HOME:
            self.outside.append(address)


def recorded(context: BrowserContext, ignored: tuple[str, ...]) -> OpenNotebook:
    """Open an empty page, of which all is recorded that happens."""
    notebook = OpenNotebook(context.new_page(), ignored)
    context.on("console", notebook.hear)
    context.on("request", lambda request: notebook.follow(request.url))
    context.on("weberror", lambda error: notebook.note(str(error.error)))
    notebook.page.on("websocket", lambda socket: notebook.follow(socket.url))
    return notebook
