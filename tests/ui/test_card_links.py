"""A link to the card inside a widget leads to the file, where Jupyter gives it out."""

from __future__ import annotations

import pytest

from teachkit.views.widget.assets import source

HOST = "http://teachkit.test"
BODY = """
<a href="../../rules.html#rule-5" target="_blank">rule <b>5</b></a>
<a href="other.html#x">another page</a>
<a href="https://elsewhere.test/rules.html#rule-5">elsewhere</a>
"""


@pytest.fixture
def page(browser):
    """Give a page, and what it shows at any address."""
    with browser.new_context() as context:
        yield context.new_page()


def shown(page, place, config=""):
    """Show the links at a place; return where each of them leads when it is used."""
    html = f"{config}{BODY}<script type=module>{source('card_links')}\ncardLinks("
    html += "document.body); document.body.dataset.ready = 1</script>"
    page.context.route(
        "**/*", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.goto(f"{HOST}{place}")
    page.wait_for_selector("[data-ready]")
    links = page.locator("a")
    for link in links.all():
        link.focus()
    return [link.get_attribute("href") for link in links.all()]


def config(base):
    return (
        '<script id="jupyter-config-data" type="application/json">'
        f'{{"baseUrl": "{base}"}}</script>'
    )


@pytest.mark.parametrize(
    ("base", "place"),
    [
        ("/", "/lab/tree/exercises/09/share-it.ipynb"),
        ("/", "/lab/workspaces/auto-a/tree/exercises/09/share-it.ipynb"),
        ("/", "/doc/tree/exercises/09/share-it.ipynb"),
        ("/", "/notebooks/exercises/09/share-it.ipynb?factory=x"),
        ("/user/me/", "/user/me/lab/tree/exercises/09/share-it.ipynb"),
    ],
)
def test_in_jupyter(page, base, place):
    card, *rest = shown(page, place, config(base))

    assert card == f"{HOST}{base}files/rules.html#rule-5"
    assert rest == ["other.html#x", "https://elsewhere.test/rules.html#rule-5"]


def test_a_folder_with_a_blank_in_its_name(page):
    card = shown(page, "/lab/tree/my%20course/exercises/09/a.ipynb", config("/"))[0]

    assert card == f"{HOST}/files/my%20course/rules.html#rule-5"


@pytest.mark.parametrize(
    ("place", "settings"),
    [
        ("/lab/tree/exercises/09/a.ipynb", ""),
        ("/lab", config("/")),
        ("/other/lab/tree/exercises/09/a.ipynb", config("/users/")),
        (
            "/page.html",
            '<script id="jupyter-config-data" type="text/plain">{no</script>',
        ),
    ],
)
def test_elsewhere_a_link_stays_as_it_is(page, place, settings):
    assert shown(page, place, settings)[0] == "../../rules.html#rule-5"


def test_a_finger_is_enough(page):
    shown(page, "/lab/tree/exercises/09/a.ipynb", config("/"))
    page.reload()  # so that the link was not used yet
    page.wait_for_selector("[data-ready]")
    page.locator("b").dispatch_event("pointerdown")

    assert page.locator("a").first.get_attribute("href").startswith(HOST)


def test_a_click_on_a_word_of_the_link_opens_the_file(page):
    shown(page, "/lab/tree/exercises/09/a.ipynb", config("/"))
    page.reload()  # so that the link was not used yet
    page.wait_for_selector("[data-ready]")
    with page.expect_popup() as opened:
        page.locator("b").click()

    assert opened.value.url == f"{HOST}/files/rules.html#rule-5"
