"""Names are given once."""

from __future__ import annotations

from teachkit.keras_reader.names import Names


class TestNames:
    def test_a_new_name_is_given_as_it_is(self):
        assert Names().unique("dense") == "dense"

    def test_later_ones_are_counted(self):
        names = Names()

        assert [names.unique("d") for _ in range(3)] == ["d", "d:2", "d:3"]

    def test_what_was_taken_before_is_not_given(self):
        assert Names(["d", "d:2"]).unique("d") == "d:3"

    def test_a_name_that_looks_counted_is_not_given_twice(self):
        names = Names()
        given = [names.unique(name) for name in ("d:2", "d", "d", "d:2", "d")]

        assert given == ["d:2", "d", "d:3", "d:2:2", "d:4"]

    def test_equal_names_are_not_searched_from_the_start(self):
        class Counted(dict):
            looks = 0

            def __contains__(self, key):
                Counted.looks += 1
                return super().__contains__(key)

        names = Names()
        names._counts = Counted()  # noqa: SLF001 - only so the work can be counted
        for _ in range(1000):
            names.unique("d")

        assert Counted.looks < 3000
