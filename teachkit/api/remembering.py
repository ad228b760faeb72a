"""What is remembered of the learner: one file, opened in the same way by all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teachkit.practice.progress_file import Progress


def remembered() -> Progress:
    """Return the learner's file of progress; it warns where it cannot be read."""
    from teachkit.practice.progress_file import Progress, progress_path  # noqa: PLC0415 - loads msgspec: only when it is needed, so that the import is quick
    from teachkit.views.warn import warn_user  # noqa: PLC0415 - loads the package of views: only when it is needed, so that the import is quick

    return Progress(progress_path(), warn_user)
