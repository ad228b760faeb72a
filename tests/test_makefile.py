"""The words of the Makefile: told to whoever works here, and meaning what they say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

EVERYBODY_KNOWS = {"help", "setup", "clean", "tools"}
"""`make help` tells of these; CONTRIBUTING.md is about daily work."""


def test_the_oldest_keras_that_is_tested_is_the_oldest_that_is_allowed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = map(Requirement, project["project"]["dependencies"])
    allowed = next(one.specifier for one in needs if one.name == "keras")
    least = [Version(one.version) for one in allowed if one.operator == ">="]
    tested = re.findall(r"^OLDEST_KERAS := (\S+)$", MAKEFILE, re.MULTILINE)
    assert [Version(version) for version in tested] == least


def test_each_word_is_in_the_table_of_contributing():
    words = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    told = set(re.findall(r"^\| `make ([a-z]+)` \|", CONTRIBUTING, re.MULTILINE))
    assert told == words - EVERYBODY_KNOWS
