"""The browser that looks at views: no window, no network, nothing remembered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page that asks the network for anything fails here as it would in an exam room.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium: the system's own, or the one that Playwright downloaded.

    Yields:
        The browser, which is closed when the block ends.

    Raises:
        playwright.sync_api.Error: there is none that can be started.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *["--no-sandbox"] * root]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
