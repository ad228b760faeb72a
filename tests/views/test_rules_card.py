"""The card of the eight rules is one page that needs nothing else."""

from __future__ import annotations

import re

from scripts.write_rules import TARGET
from teachkit.rules import RULES
from teachkit.views.rules_card import rules_card


def test_the_file_is_what_the_command_writes():
    assert TARGET.read_text(encoding="utf-8") == rules_card()


def test_each_rule_is_there_in_full_under_its_id():
    items = re.findall(r'<li id="(rule-\d)">(.*?)</li>', rules_card(), re.DOTALL)
    told = {key: re.sub(r"<[^>]*>", "", text) for key, text in items}

    assert told == {
        rule.anchor: f"{rule.number}{rule.text.replace('`', '')}" for rule in RULES
    }


def test_it_has_a_language_and_one_heading_and_asks_for_nothing():
    html = rules_card()

    assert '<html lang="en">' in html
    assert html.count("<h1") == 1
    assert not re.search(r"<script|https?:|url\(|@import|src=", html)
