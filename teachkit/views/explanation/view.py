"""What `teachkit.explain` returns: formulas, shapes and sums, in many renderings."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any

from teachkit.explanation.findings import CallFinding, ModelFinding, parts_of_params
from teachkit.math import Formula
from teachkit.views.explanation.page import call_html, model_html, model_title
from teachkit.views.explanation.words import call_text, model_text, params_text
from teachkit.views.mathml import mathml
from teachkit.views.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Explanation(Sheet):
    """What a call, or a whole model, computes. Made by `teachkit.explain`."""

    @property
    @abstractmethod
    def formula(self) -> Formula:
        """The formula, in LaTeX and as text."""

    @property
    def latex(self) -> str:
        """The formula as LaTeX, without dollar signs around it."""
        return self.formula.latex

    @cached_property
    def mathml(self) -> str:
        """The formula as MathML, which a browser draws without any script."""
        return mathml(self.formula)

    @property
    @abstractmethod
    def params(self) -> int:
        """How many numbers the weights hold."""

    @property
    @abstractmethod
    def params_text(self) -> str:
        """The same as arithmetic: `(32 + 1) × 64 = 2,112`."""

    @property
    @abstractmethod
    def macs(self) -> int | None:
        """Multiply-accumulates for one sample; None where they are not known."""

    @property
    @abstractmethod
    def verified(self) -> bool | None:
        """Whether NumPy computes what Keras does; None where nothing was computed."""

    @property
    @abstractmethod
    def max_error(self) -> float | None:
        """The largest difference, relative to the largest number if above one."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        latex = rf"$\displaystyle {self.latex}$"
        return {**super()._repr_mimebundle_(), "text/latex": latex}


class CallExplanation(Explanation):
    """One call explained.

    Attributes:
        finding: all that is known, as plain data.
    """

    def __init__(self, finding: CallFinding) -> None:
        self.finding = finding

    @property
    def path(self) -> str:
        """The path of the call: `encoder/dense`."""
        return self.finding.path

    @property
    def formula(self) -> Formula:  # noqa: D102 - as the base class says
        return self.finding.formula or Formula(())

    @property
    def training_formula(self) -> Formula | None:
        """The formula in training, None if it is the same."""
        return self.finding.training

    @property
    def shape_rule(self) -> str:
        """How the shape of the output comes about."""
        meaning = self.finding.meaning
        return "" if meaning is None else meaning.shape_rule

    @property
    def params(self) -> int:  # noqa: D102 - as above
        return self.finding.params.value

    @property
    def params_text(self) -> str:  # noqa: D102 - as above
        return params_text(self.finding)

    @property
    def macs(self) -> int | None:  # noqa: D102 - as above
        return None if self.finding.macs is None else self.finding.macs.value

    @property
    def verified(self) -> bool | None:  # noqa: D102 - as above
        return self.finding.check.agrees

    @property
    def max_error(self) -> float | None:  # noqa: D102 - as above
        return self.finding.check.error

    @property
    def _title(self) -> str:
        return f"Call {self.path} explained"

    @cached_property
    def _piece(self) -> str:
        return call_html(self.finding)

    def _words(self, width: int) -> str:
        return call_text(self.finding, width)


class ModelExplanation(Explanation):
    """Every call of a model explained, and the model as a whole.

    Attributes:
        finding: all that is known, as plain data.
    """

    def __init__(self, finding: ModelFinding) -> None:
        self.finding = finding

    @cached_property
    def calls(self) -> tuple[CallExplanation, ...]:
        """Every call, those of a nested model after the call of the model."""
        return tuple(map(CallExplanation, self.finding.calls))

    def __getitem__(self, path: str) -> CallExplanation:
        found = {one.path: one for one in self.calls}
        if path not in found:
            self.finding.graph.call(path)  # tells which calls there are
        return found[path]

    @property
    def formula(self) -> Formula:  # noqa: D102 - as above
        return self.finding.composition

    @property
    def params(self) -> int:  # noqa: D102 - as above
        return self.finding.graph.params

    @property
    def params_text(self) -> str:  # noqa: D102 - as above
        sizes = [f"{size:,}" for _, size in parts_of_params(self.finding)]
        if len(sizes) < 2:
            return f"{self.params:,}"
        return f"{' + '.join(sizes)} = {self.params:,}"

    @property
    def macs(self) -> int | None:  # noqa: D102 - as above
        return None if self.finding.uncounted else self.finding.macs

    @property
    def verified(self) -> bool | None:  # noqa: D102 - as above
        return self.finding.agrees

    @property
    def max_error(self) -> float | None:  # noqa: D102 - as above
        return self.finding.error

    def figure(self) -> Figure:
        """Return a bar chart of where the parameters sit."""
        from teachkit.views.explanation.chart import params_chart  # noqa: PLC0415 - matplotlib

        return params_chart(self.finding)

    @property
    def _title(self) -> str:
        return model_title(self.finding)

    @cached_property
    def _piece(self) -> str:
        return model_html(self.finding)

    def _words(self, width: int) -> str:
        return model_text(self.finding, width)
