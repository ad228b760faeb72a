"""Write the table of predicates into exercises/README.md, from their docstrings.

Run from the root of the project: python -m scripts.write_predicates
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from teachkit.grading.findings import Stage
from teachkit.grading.predicates import __name__ as _registered
from teachkit.grading.registry import PREDICATES, Predicate

assert _registered  # importing the package registers all predicates

TARGET = Path(__file__).parent.parent / "exercises" / "README.md"

_BEGIN, _END = "<!-- predicates -->", "<!-- end of predicates -->"


def content(text: str) -> str:
    """Return the text of the page with the table of today."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{table()}\n{_END}{after}"


def table() -> str:
    """Return the table, one part for each stage."""
    return "\n".join(line for stage in Stage for line in _of_stage(stage))


def _of_stage(stage: Stage) -> Iterator[str]:
    yield f"\n**{stage.name.capitalize()}**\n"
    yield "| predicate | arguments | what it demands |"
    yield "|---|---|---|"
    for name in sorted(PREDICATES):
        one = PREDICATES[name]
        if one.stage is stage:
            yield f"| `{name}` | {_arguments(one)} | {_purpose(one)} |"


def _arguments(one: Predicate) -> str:
    parameters = list(inspect.signature(one.decides).parameters.values())[1:]
    return ", ".join(f"`{_argument(parameter)}`" for parameter in parameters)


def _argument(parameter: inspect.Parameter) -> str:
    if parameter.kind is parameter.VAR_KEYWORD:
        return "name = ..."
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name} = {_default(parameter.default)}"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "..." if value is None else repr(value).replace("'", '"')


def _purpose(one: Predicate) -> str:
    summary = (inspect.getdoc(one.decides) or "").split("\n\n")[0]
    return re.sub(r"\s+", " ", summary).replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(content(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{TARGET.name} is written.")
