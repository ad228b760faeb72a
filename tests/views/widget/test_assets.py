"""The scripts of the views fit together: one module each, and small."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from teachkit.views.graph_view import GraphView
from teachkit.views.widget import assets
from tests.graphs import siamese

KINDS = ("graph_view", "player", "comparison", "exercise", "question")
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE
)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORTED = re.compile(
    r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE
)
FILES = {
    path.stem: path.read_text(encoding="utf-8") for path in assets.FILES.glob("*.js")
}
ALONE = {"loader", "standalone"}
"""What is never joined with others."""


def imports(name):
    """Yield what a script imports: the name, and the script it is from."""
    for names, home in IMPORTED.findall(FILES[name]):
        yield from ((one.strip(), home) for one in names.split(",") if one.strip())


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_is_imported_is_exported_and_used(name):
    for one, home in imports(name):
        assert one in EXPORTED.findall(FILES[home]), f"{home}.js exports no {one}"
        assert len(re.findall(rf"\b{one}\b", FILES[name])) > 1, f"{one} is not used"


def test_what_is_exported_is_imported():
    wanted = {(one, home) for name in FILES for one, home in imports(name)}
    exported = {(one, name) for name in FILES for one in EXPORTED.findall(FILES[name])}
    assert exported == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_joined_scripts_share_no_name_and_import_nothing(kind):
    text = assets.source(kind)
    often = Counter(DECLARED.findall(text))
    assert [name for name, count in often.items() if count > 1] == []
    assert not re.search(r"^import ", text, re.MULTILINE)
    exports = re.findall(r"^export .*", text, re.MULTILINE)
    assert exports == ["export default { render };"]


@pytest.mark.parametrize("kind", KINDS)
def test_script_and_styles_of_a_view_are_small(kind):
    assert len(assets.module(kind)) + len(assets.styles(kind)) < 60_000


def test_every_script_belongs_to_a_view():
    joined = "".join(map(assets.source, KINDS))
    for name in FILES.keys() - ALONE - set(KINDS):
        assert DECLARED.findall(FILES[name])[0] in joined


def test_twenty_views_are_less_than_two_megabytes():
    sizes = []
    for _ in range(20):
        view = GraphView(siamese())
        view.prepare()
        sizes.append(sum(len(str(value)) for value in view.state().values()))
    assert sum(sizes) < 2_000_000
