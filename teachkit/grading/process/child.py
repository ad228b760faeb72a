"""The side that runs an answer, judges it and tells the report."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NoReturn

from teachkit.grading.answers.answer_files import AnswerFile
from teachkit.grading.process.channel import Channel
from teachkit.grading.process.limits import (
    Limits,
    alarm_after,
    count_processes,
    hold_to,
)


def main() -> NoReturn:
    """Read from standard input what is to be judged, judge it, and end the process."""
    request = json.load(sys.stdin)
    channel = Channel(Path(request["channel"][0]), request["channel"][1])
    limits = Limits(**request["limits"])
    answer = AnswerFile.from_dict(request["answer"])
    channel.tell(stage="starting")
    try:
        with _silence():
            hold_to(limits)
            start = _started(request, answer)
    except BaseException as error:  # noqa: BLE001 - whatever is missing here is told by the parent
        channel.tell(trouble=_in_words(error))
        _leave(2)
    try:
        _judge(start, channel, limits)
    except BaseException as error:  # noqa: BLE001 - the answer is not to blame for a fault of ours
        channel.tell(stage="ours", trouble=_in_words(error))
    _leave(0)


@contextlib.contextmanager
def _silence() -> Any:
    """Drop what TensorFlow says while it starts, and close standard input."""
    nothing = os.open(os.devnull, os.O_RDWR)
    kept = os.dup(1), os.dup(2)
    os.dup2(nothing, 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - it stays open for the answer
    for number in (1, 2):
        os.dup2(nothing, number)
    try:
        yield
    finally:
        for number, file in zip((1, 2), kept, strict=True):
            os.dup2(file, number)
            os.close(file)
        os.close(nothing)


def _started(request: Mapping[str, Any], answer: AnswerFile) -> Any:
    """Load Keras and what the exercise gives."""
    from teachkit.exercise_format import find_exercise, varied  # noqa: PLC0415 - reading exercises may fail, which is told
    from teachkit.grading.process.file_answering import Answering  # noqa: PLC0415 - loads Keras, which takes seconds and may fail

    exercise = varied(find_exercise(request["exercise"]), request.get("student", ""))
    return Answering(exercise, answer)


def _judge(answering: Any, channel: Channel, limits: Limits) -> None:
    from teachkit.keras_reader.budget import weights_limited  # noqa: PLC0415 - it loads Keras: only after the limits are set

    _become_a_script(answering.answer, answering.names)
    alarm_after(
        limits.seconds, lambda frame: _time_is_over(answering, channel, limits, frame)
    )
    count_processes(limits.processes)
    channel.tell(stage="answer")
    with weights_limited():
        report = answering.run()
        if os.getpid() != channel.process:
            _leave(0)  # a copy that the answer made of this process
        if report is None:
            channel.tell(stage="judging")
            report = answering.judged()
    channel.tell(report=report.to_dict())


def _become_a_script(answer: AnswerFile, names: dict[str, Any]) -> None:
    """Let the answer's classes find their module, and its imports its neighbours."""
    module = ModuleType("__main__")
    module.__dict__.update(names)
    names.update({"__name__": "__main__"})
    sys.modules["__main__"] = module
    sys.argv = [answer.parts[0].name if answer.parts else ""]
    # At the end: a neighbour called random.py takes nobody's place.
    sys.path.append(answer.folder)


def _time_is_over(
    answering: Any, channel: Channel, limits: Limits, frame: FrameType | None
) -> None:
    report = answering.too_long(frame, limits)
    if report is not None:
        channel.tell(report=report.to_dict())
    else:
        channel.tell(late=True)
    _leave(0)


def _in_words(error: BaseException) -> str:
    """Return an error of ours with the place where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name})" if frames else ""
    try:
        return f"{type(error).__name__}: {error}{place}"
    except Exception:  # noqa: BLE001 - a thing of the student may fail to tell itself
        return f"{type(error).__name__}{place}"


def _leave(status: int) -> NoReturn:
    """End at once: threads and exit handlers of the answer are not waited for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(status)
