"""Reports on answers whose process did not live to write one."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from typing import Any

from teachkit.errors import TeachkitError
from teachkit.exercise_format import find_exercise
from teachkit.grading.process.limits import Limits
from teachkit.grading.report import CriterionStatus, Message, Outcome, Report, Status

_CRASHES = {
    "SIGSEGV": "That happens when a function calls itself without end, for example.",
    "SIGABRT": "That happens when there is no memory left, for example.",
    "SIGKILL": "That happens when there is no memory left, for example.",
}

_START = "The process for your answer could not start"
_WHERE = {"ours": "Your answer could not be judged, by a fault of ours"}


def report_without_child(
    exercise: str, told: Mapping[str, Any], status: int | None, limits: Limits
) -> dict[str, Any]:
    """Return a report as JSON values, from how a process ended.

    Arguments:
        exercise: as it was asked for.
        told: by the process before it ended.
        status: its exit status; negative for a signal; None if its time was over.
        limits: it was held to.
    """
    if told.get("stage") not in {"answer", "judging"}:
        return _report(exercise, "error", _not_started(told, status, limits))
    ran = told["stage"] == "judging"
    if status is None or told.get("late"):
        message = _too_long(ran, limits)
        return _report(exercise, "error" if ran else "failed", message)
    return _report(exercise, "failed", _ended(ran, status))


def too_long(place: str, limits: Limits) -> Message:
    """Return what is said about code that still runs when its time is over."""
    return Message(
        f"I see your code still running{place} after {limits.seconds:g} seconds.",
        "So it was stopped there.",
        "Look for a loop that never ends, or for training that takes long: an answer "
        "needs none.",
    )


def _too_long(ran: bool, limits: Limits) -> Message:
    if not ran:
        return too_long("", limits)
    return Message(
        f"Your code ran, but looking at its model took longer than {limits.seconds:g} "
        "seconds.",
        "So it could not be judged.",
        "Make the model smaller, or allow more with --time-limit.",
    )


def _ended(ran: bool, status: int) -> Message:
    where = "while I ran your model" if ran else "while your code ran"
    if status >= 0:
        return Message(
            f"I see that Python was left {where} (exit status {status}).",
            "So nothing of your answer is there to be looked at.",
            "Look for `os._exit` or a similar call, and remove it.",
        )
    name = _name_of(-status)
    return Message(
        f"I see that Python itself was stopped {where} ({name}).",
        _CRASHES.get(name, ""),
        "Look for the line after which nothing is printed any more, and for sizes that "
        "are far too large.",
    )


def _name_of(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _not_started(
    told: Mapping[str, Any], status: int | None, limits: Limits
) -> Message:
    reason = told.get("trouble") or f"it ended with status {status}"
    if status is None:
        reason = f"it was not ready after {limits.start_seconds:g} seconds"
    return Message(
        f"{_WHERE.get(str(told.get('stage')), _START)}: {reason}.",
        "That is not your answer's fault, and it costs no points.",
        "Try it once more; then show this to your teacher.",
    )


def _report(exercise: str, status: Status, message: Message) -> dict[str, Any]:
    try:
        found = find_exercise(exercise)
    except TeachkitError:
        return Report(exercise, status, (), message).to_dict()
    state: CriterionStatus = "failed" if status == "failed" else "error"
    first = Outcome("runs", state, 0.0, message)
    skipped = tuple(Outcome(c.name, "skipped", c.weight) for c in found.criteria)
    return Report(found.id, status, (first, *skipped), message).to_dict()
