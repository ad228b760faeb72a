"""Each lesson is what its source says, was run as a whole, and suits any machine.

Whether its outputs are still right is nbval's question. nbval passes over a cell that
was never run, and over a source that has moved on: that is asked here.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path

import nbformat
import pytest

from notebooks.build import NOTEBOOKS, SOURCES, UNCHECKED, convert

LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
PARTS_OF_CELLS = ("cell_type", "source", "metadata", "id")

OUR_NAMES = {"ask", "compare", "dry", "explain", "read", "show", "to_code", "trace"}
"""What lessons use of teachkit. A learner must write Keras, not us: eight at most."""

LABELS = ["# 1 INPUTS", "# 2 LAYERS", "# 3 OUTPUTS", "# 4 MODEL"]

LABEL = re.compile(r"^ *(# \d [A-Z]{2,}.*)$", re.MULTILINE)

WORDS_OF_A_REASON = 4

PASSED_OVER = re.compile(
    r"nbval[-_]|pytest[-_]validate|raises-exception", re.IGNORECASE
)
"""How a tag, or a comment in a cell, tells nbval to look away."""

OF_ONE_MACHINE = {
    "an address": r"0x[0-9a-fA-F]{6,}",
    "a path": r"/(home|root|tmp|Users|usr|opt|mnt|srv)/\w|[A-Z]:\\|site-packages",
    "a name that Keras counts up": r"keras_tensor_\d|(functional|sequential)_\d",
    "a time": r"\d(\.\d+)?\s?m?s/step|\d+\s?ms\b|\b\d\d:\d\d:\d\d\b",
}


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def faults_of_the_run(notebook) -> list[str]:
    """Tell what shows that the notebook was not run from top to bottom and cleaned."""
    found = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        where = f"code cell {number}"
        if cell.execution_count != number:
            found.append(f"{where} has the count {cell.execution_count}")
        if "execution" in cell.metadata:
            found.append(f"{where} tells when it was run")
        found += [f"{where} has {fault}" for fault in faults_of_outputs(cell)]
        found += [f"{where} has {fault}" for fault in faults_of_tags(cell)]
    if set(notebook.metadata) != {"kernelspec", "language_info"}:
        found.append("the notebook has more metadata than its kernel")
    return found


def faults_of_outputs(cell) -> list[str]:
    """Tell what in the outputs of a cell would differ on another machine."""
    found = []
    for output in cell.outputs:
        if output.output_type == "error" or output.get("name") == "stderr":
            found.append("an error or a warning")
        text = str(output.get("text", "")) + str(output.get("data", ""))
        if UNCHECKED not in cell.metadata.get("tags", []):
            found += [
                name for name, sign in OF_ONE_MACHINE.items() if re.search(sign, text)
            ]
    return found


def faults_of_tags(cell) -> list[str]:
    """Tell what keeps nbval from comparing the cell, unless it gives a good reason."""
    found = [
        f"the tag {tag} without a reason"
        for tag in cell.metadata.get("tags", [])
        if PASSED_OVER.match(tag)
        and len(cell.metadata.get("reason", "").split()) < WORDS_OF_A_REASON
    ]
    comments = re.findall(r"#.*", cell.source)
    if any(PASSED_OVER.search(comment) for comment in comments):
        found.append("a comment for nbval; give it a tag and a reason")
    return found


def unlike(notebook, source) -> list[str]:
    """Tell which cells are not what the source says."""
    if len(notebook.cells) != len(source.cells):
        return [f"{len(notebook.cells)} cells, the source has {len(source.cells)}"]
    pairs = zip(notebook.cells, source.cells, strict=True)
    return [
        f"cell {number}: {kind}"
        for number, (is_there, should_be) in enumerate(pairs, start=1)
        for kind in PARTS_OF_CELLS
        if is_there[kind] != should_be[kind]
    ]


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request) -> Path:
    return request.param


@pytest.fixture
def notebook(lesson):
    return nbformat.read(lesson, as_version=4)


def test_lessons_are_numbered_from_one():
    names = [path.name for path in LESSONS]
    assert all(re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", name) for name in names)
    numbers = [int(name[:2]) for name in names]
    assert numbers[0] == 1
    assert len(set(numbers)) == len(numbers)


def test_every_lesson_has_a_source_and_every_source_a_lesson():
    sources = [path.stem for path in sorted(SOURCES.glob("*.py"))]
    assert [path.stem for path in LESSONS] == sources


def test_lesson_is_what_its_source_says(lesson, notebook):
    source = convert(SOURCES / f"{lesson.stem}.py")
    assert unlike(notebook, source) == [], "run: python -m notebooks.build"


def test_lesson_was_run_as_a_whole_and_names_no_machine(notebook):
    nbformat.validate(notebook)
    assert faults_of_the_run(notebook) == []


def test_lesson_uses_few_names_of_ours(notebook):
    code = "\n".join(cell.source for cell in code_cells(notebook))
    assert set(re.findall(r"\btk\.(\w+)", code)) <= OUR_NAMES
    imported = re.findall(r"^.*\bimport\b.*\bteachkit\b.*|^from teachkit.*", code, re.M)
    assert imported == ["import teachkit as tk"]


def test_every_whole_model_has_the_four_labels(notebook):
    for cell in code_cells(notebook):
        assert LABEL.findall(cell.source) in ([], LABELS)


def test_what_folds_open_also_closes(notebook):
    for cell in notebook.cells:
        assert cell.source.count("<details>") == cell.source.count("</details>")
        assert cell.source.count("<details>") == cell.source.count("</summary>")


class TestTheTestsCanFail:
    """Each fault that the tests above look for, put into a good notebook."""

    @pytest.mark.parametrize(
        ("spoil", "fault"),
        [
            (lambda cell: cell.update(execution_count=None), "has the count None"),
            (lambda cell: cell.metadata.update(execution={}), "tells when"),
            (lambda cell: print_in(cell, "at 0x7f3a5c2b1d60"), "an address"),
            (lambda cell: print_in(cell, "/home/ada/x.py"), "a path"),
            (lambda cell: print_in(cell, "keras_tensor_3"), "counts up"),
            (lambda cell: print_in(cell, "12s 3ms/step"), "a time"),
            (lambda cell: print_in(cell, "Warning", name="stderr"), "a warning"),
            (lambda cell: tag(cell, "nbval-skip"), "nbval-skip without a reason"),
            (lambda cell: tag(cell, UNCHECKED, "it differs"), "without a reason"),
            (lambda cell: tag(cell, "raises-exception"), "without a reason"),
            (lambda cell: cell.update(source="x  # NBVAL_SKIP"), "a comment for nbval"),
        ],
        ids=[
            *("not run", "timed", "address", "path", "name", "speed", "warning"),
            *("skipped", "not compared", "fails", "skipped by a comment"),
        ],
    )
    def test_spoiled_cell_is_found(self, spoil, fault):
        notebook = copy.deepcopy(nbformat.read(LESSONS[0], as_version=4))
        spoil(code_cells(notebook)[1])
        faults = faults_of_the_run(notebook)
        assert len(faults) == 1
        assert faults[0].startswith("code cell 2")
        assert fault in faults[0]

    def test_change_of_a_source_is_found(self):
        notebook = nbformat.read(LESSONS[0], as_version=4)
        changed = copy.deepcopy(notebook)
        changed.cells[3].source += " "
        assert unlike(notebook, changed) == ["cell 4: source"]


def print_in(cell, text, name="stdout"):
    cell.outputs.append(nbformat.v4.new_output("stream", name=name, text=text))


def tag(cell, name, reason=""):
    cell.metadata.update(tags=[name], reason=reason)
