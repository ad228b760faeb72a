"""A small file that outlives the kernel, whatever happens to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teachkit.practice import progress_file
from teachkit.practice.progress_file import Progress, Record, progress_path


@pytest.fixture
def told():
    return []


@pytest.fixture
def progress(tmp_path, told):
    return Progress(tmp_path / "folder" / "progress.json", told.append)


class TestRecords:
    def test_nothing_is_remembered_at_first(self, progress, told):
        assert progress.records() == {}
        assert progress.of("four-steps") == Record()
        assert not progress.path.exists()
        assert told == []

    def test_attempts_are_counted_and_the_best_is_kept(self, progress):
        progress.add_attempt("a", 0.5, passed=False)
        progress.add_attempt("a", 0.25, passed=False)

        assert progress.of("a") == Record(2, 0.5, "failed", 0)

    def test_what_is_solved_stays_solved(self, progress):
        progress.add_attempt("a", 1.0, passed=True)
        progress.add_attempt("a", 0.0, passed=False)

        assert progress.of("a") == Record(2, 1.0, "passed", 0)

    def test_a_hint_counts_once(self, progress):
        for number in (1, 2, 1):
            progress.add_hint("a", number)

        assert progress.of("a") == Record(hints=2)

    def test_another_kernel_sees_it_and_loses_nothing(self, progress, told):
        other = Progress(progress.path, told.append)
        progress.add_attempt("a", 1.0, passed=True)
        other.add_attempt("b", 0.5, passed=False)

        assert set(progress.records()) == {"a", "b"}
        assert other.of("a").status == "passed"

    def test_the_file_is_plain_json_and_alone_in_its_folder(self, progress):
        progress.add_attempt("b", 1.0, passed=True)
        progress.add_attempt("a", 0.5, passed=False)
        content = json.loads(progress.path.read_text())

        assert content["format"] == 1
        assert list(content["exercises"]) == ["a", "b"]
        assert set(content["exercises"]["a"]) == {"attempts", "best", "status", "hints"}
        assert [*progress.path.parent.iterdir()] == [progress.path]


DAMAGED = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b'{"format": 2, "exercises": {}}',
    b'{"format": 1, "exercises": {"a": {"attempts": "many"}}}',
    b'{"format": 1, "exercises": {"a": {"status": "perfect"}}}',
    b"null",
]


class TestDamage:
    @pytest.mark.parametrize("content", DAMAGED)
    def test_a_damaged_file_is_kept_aside_and_told(self, progress, told, content):
        progress.path.parent.mkdir()
        progress.path.write_bytes(content)
        progress.add_attempt("a", 1.0, passed=True)

        aside = progress.path.with_name("progress-damaged-1.json")
        assert aside.read_bytes() == content
        assert progress.of("a").status == "passed"
        assert len(told) == 1
        assert "could not be understood" in told[0]
        assert "progress-damaged-1.json" in told[0]

    def test_a_second_damage_does_not_replace_the_first(self, progress):
        progress.path.parent.mkdir()
        for content in (b"one", b"two"):
            progress.path.write_bytes(content)
            progress.records()

        names = sorted(path.name for path in progress.path.parent.iterdir())
        assert names == ["progress-damaged-1.json", "progress-damaged-2.json"]

    def test_what_cannot_be_read_is_told_and_not_replaced(self, tmp_path, told):
        progress = Progress(tmp_path, told.append)  # a folder
        progress.add_attempt("a", 1.0, passed=True)

        assert tmp_path.is_dir()
        assert told
        assert all("cannot be read" in sentence for sentence in told)

    def test_what_cannot_be_written_is_told(self, tmp_path, told):
        (tmp_path / "file").touch()
        progress = Progress(tmp_path / "file" / "progress.json", told.append)
        progress.add_attempt("a", 1.0, passed=True)

        assert told

    def test_half_a_file_is_never_left(self, progress, told, monkeypatch):
        progress.add_attempt("a", 1.0, passed=True)
        before = progress.path.read_bytes()

        def broken(self, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", broken)
        progress.add_attempt("b", 1.0, passed=True)

        assert progress.path.read_bytes() == before
        assert [*progress.path.parent.iterdir()] == [progress.path]
        assert "No space left on device" in told[0]


class TestPlace:
    def test_the_environment_names_it(self, monkeypatch):
        monkeypatch.setenv("TEACHKIT_PROGRESS", "~/mine.json")

        assert progress_path() == Path("~/mine.json").expanduser()

    @pytest.mark.parametrize(
        ("platform", "variable", "place"),
        [
            ("linux", "XDG_DATA_HOME", "data/teachkit/progress.json"),
            ("win32", "LOCALAPPDATA", "data/teachkit/progress.json"),
            (
                "darwin",
                "HOME",
                "data/Library/Application Support/teachkit/progress.json",
            ),
        ],
    )
    def test_each_system_has_a_folder_for_it(
        self, monkeypatch, platform, variable, place
    ):
        monkeypatch.delenv("TEACHKIT_PROGRESS", raising=False)
        monkeypatch.setattr(progress_file.sys, "platform", platform)
        monkeypatch.setenv(variable, "/data")

        assert progress_path() == Path("/") / place
