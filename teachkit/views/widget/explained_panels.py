"""Panels with formulas and a check in NumPy, of models that are there with Keras."""

from __future__ import annotations

from teachkit.errors import TeachkitError
from teachkit.explanation.explaining import explained_call, explained_model
from teachkit.explanation.findings import CallFinding, ModelFinding
from teachkit.keras_reader import Recording
from teachkit.source_code import to_code
from teachkit.views.clean import clean_html
from teachkit.views.explanation.page import facts_html
from teachkit.views.html_page import definitions
from teachkit.views.widget.plain_panels import arguments_html

_MOST_COMPUTED = 150
"""Calls of a model that is run in advance, to compare Keras with NumPy."""
_MOST_OPERATIONS = 200_000_000
"""Multiplications of such a model for one sample: a fraction of a second in NumPy."""
_MOST_WEIGHTS = 5_000_000
"""Numbers of such a model. How often they are used is not known where a length is open;
random inputs are short then."""
_NOT_YET = '<p class="tkw-unchecked"></p>'
"""Where the browser offers to compute the check."""


def explained_panels(recording: Recording, *, in_advance: bool) -> dict[str, str]:
    """Return what is told of each call, by path; empty if that cannot be explained.

    Arguments:
        recording: the model.
        in_advance: whether a small model is run, so that its checks are there.
    """
    try:
        finding = explained_model(recording, compute=False)
        if in_advance and _is_small(finding):
            finding = explained_model(recording)
    except TeachkitError:
        return {}
    return {one.path: _panel(one) for one in finding.calls}


def computed_panel(recording: Recording, path: str) -> str:
    """Run a model and return what is told of one call, with its check.

    Raises:
        TeachkitError: there is no such call, or the model cannot be run.
    """
    return _panel(explained_call(recording, path))


def source_of(recording: Recording) -> str:
    """Return the source that builds a model, empty where it cannot be written."""
    try:
        return to_code(recording)
    except TeachkitError:
        return ""


def _is_small(finding: ModelFinding) -> bool:
    few = len(finding.calls) <= _MOST_COMPUTED
    light = finding.graph.params <= _MOST_WEIGHTS
    return few and light and finding.macs <= _MOST_OPERATIONS


def _panel(finding: CallFinding) -> str:
    computed = finding.check.agrees is not None or finding.call.nested is not None
    without = ("reads",) if computed else ("reads", "check")
    facts = facts_html(finding, without=without)
    if finding.call.kind == "input":
        facts += definitions([("dtype", clean_html(finding.call.outputs[0].dtype))])
    waits = not computed and finding.meaning is not None
    return facts + arguments_html(finding.call) + (_NOT_YET if waits else "")
