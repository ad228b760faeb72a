"""A real browser for the tests of what a person sees."""

from __future__ import annotations

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")

from tests.ui.chromium import chromium  # noqa: E402 - playwright may be missing


@pytest.fixture(scope="module")
def browser():
    """Start Chromium, or skip the test."""
    try:
        with chromium() as started:
            yield started
    except sync_api.Error as error:
        pytest.skip(f"no Chromium can be started: {str(error).splitlines()[0]}")


# Views start after the page has loaded; a busy machine shows them late.
DRAWN = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const waits = (place) => !place.closest("details:not([open])")
    && !place.querySelector(":scope > div")?.childElementCount;
  const late = () => [...document.querySelectorAll("[data-live]")].some(waits);
  for (let frames = 0; late() && frames < 600; frames += 1) await frame();
  for (let frames = 0; frames < 2; frames += 1) await frame();
}"""


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from a file; what it says and what it asks for is recorded."""
    contexts = []

    def open_page(text, scheme="light", **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append("dialog") or dialog.dismiss())
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            page.evaluate(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()
