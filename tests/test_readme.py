"""The README is true: its code runs, and its pictures are what the code draws."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
REPORT = """
graph = tk.read(model)
print([call.id for call in graph.calls if call.layer == "encoder"])
tk.show(model).save("siamese.svg")
found = tk.compare(residual)
found.save("residual.svg")
print(found)
print(tk.explain(residual, "hidden"))
print(tk.check("siamese-digits", twins))
"""
PICTURES = ("siamese.svg", "residual.svg")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Run all Python of the README in a fresh process; return what it made."""
    folder = tmp_path_factory.mktemp("readme")
    program = folder / "readme.py"
    program.write_text("\n".join([*BLOCKS, REPORT]), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, program.name], cwd=folder, capture_output=True, check=False
    )
    assert finished.returncode == 0, finished.stderr.decode()
    pictures = {name: (folder / name).read_text(encoding="utf-8") for name in PICTURES}
    return finished.stdout.decode(), pictures


def test_the_code_of_the_readme_runs_and_draws_both_calls_of_the_encoder(drawn):
    assert len(BLOCKS) >= 3
    assert "['encoder', 'encoder:2']\n" in drawn[0]


def test_texts_in_the_readme_are_what_its_code_prints(drawn):
    told = re.findall(r"^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    said = without_rounding(drawn[0])
    assert len(told) == 3
    assert [text for text in told if without_rounding(text) not in said] == []


def without_rounding(text):
    """Return a text without the last digits of a result, which each machine rounds."""
    return re.sub(r"agrees to \de-\d+", "agrees", text)


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_of_the_readme_are_what_its_code_draws(drawn, name):
    assert drawn[1][name] == (ROOT / "docs" / name).read_text(encoding="utf-8")
