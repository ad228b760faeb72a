"""Rules that a sentence cites lead to the card, if there is one."""

from __future__ import annotations

import pytest

from teachkit.rules import RULES
from teachkit.views.rule_links import card_address, folded_rules, rule_links
from teachkit.views.rules_card import rules_card

LINK = '<a href="{}#rule-{}" target="_blank" rel="noopener">{}</a>'


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Stand in a folder with the card."""
    (tmp_path / "rules.html").write_text(rules_card(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def into(folder, monkeypatch):
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder)


class TestCard:
    @pytest.mark.parametrize(
        ("place", "address"),
        [
            (".", "rules.html"),
            ("exercises", "../rules.html"),
            ("exercises/09", "../../rules.html"),
            ("a/b/c", "../../../rules.html"),
            ("a/b/c/d", ""),
        ],
    )
    def test_it_is_here_or_in_three_folders_above(
        self, course, monkeypatch, place, address
    ):
        into(course / place, monkeypatch)

        assert card_address() == address

    def test_a_page_of_that_name_that_is_another_one_is_no_card(
        self, course, monkeypatch
    ):
        into(course / "mine", monkeypatch)
        (course / "mine" / "rules.html").write_text('<h1 id="rule-1">Football</h1>')

        assert card_address() == "../rules.html"

    def test_a_folder_or_a_huge_file_of_that_name_is_no_card(
        self, tmp_path, monkeypatch
    ):
        into(tmp_path / "a" / "b", monkeypatch)
        (tmp_path / "a" / "rules.html").mkdir()
        (tmp_path / "rules.html").write_text(rules_card() + " " * 100_000)

        assert card_address() == ""

    def test_a_working_directory_that_is_gone(self, course, monkeypatch):
        into(course / "gone", monkeypatch)
        (course / "gone").rmdir()

        assert card_address() == ""


@pytest.mark.usefixtures("course")
class TestLinks:
    def test_a_rule_that_is_cited(self):
        link = LINK.format("rules.html", 5, "rule 5")

        assert rule_links("<p>Back (rule 5).</p>") == f"<p>Back ({link}).</p>"

    def test_several_at_once(self):
        first = LINK.format("rules.html", 3, "rules 3")
        second = LINK.format("rules.html", 5, "5")

        assert rule_links("(rules 3 and 5)") == f"({first} and {second})"

    @pytest.mark.parametrize(
        "html",
        [
            "no rule",
            "rule 5",
            "(rule 9)",
            "(rule 55)",
            '<p title="(rule 5)">x</p>',
            "<code>f(rule 5)</code>",
            "<pre>a <b>(rule 5)</b></pre>",
            '<a href="x">(rule 5)</a>',
            "<style>(rule 5)</style>",
            "<svg><g><title>(rule 5)</title><text>(rule 5)</text></g></svg>",
            "<!-- (rule 5) -->",
        ],
    )
    def test_all_else_stays(self, html):
        assert rule_links(html) == html

    def test_after_what_stays_links_go_on(self):
        link = LINK.format("rules.html", 1, "rule 1")

        assert rule_links("<code>a</code><br>(rule 1)").endswith(f"({link})")
        assert rule_links("<svg><title/></svg>(rule 1)").endswith(f"({link})")

    def test_twice_is_once(self):
        once = rule_links("Back (rule 5).")

        assert rule_links(once) == once


def test_without_a_card_nothing_is_linked(tmp_path, monkeypatch):
    into(tmp_path / "a" / "b" / "c", monkeypatch)

    assert rule_links("Back (rule 5).") == "Back (rule 5)."


class TestFolded:
    def test_the_whole_rule_and_a_link(self):
        html = folded_rules([RULES[4]], "../rules.html")

        assert "<summary>Rule 5 of the card</summary>" in html
        assert "<code>Model(inputs, outputs)</code> keeps what it finds" in html
        assert LINK.format("../rules.html", 5, "The whole card") in html

    def test_no_link_without_a_card(self):
        assert "href" not in folded_rules(RULES)
        assert folded_rules(RULES).count("<details") == 8

    def test_nothing_without_rules(self):
        assert folded_rules([], "rules.html") == ""
