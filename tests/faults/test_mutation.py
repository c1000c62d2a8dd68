"""The copy that is mutated does what the original does."""

from tests.faults.mutation import taken_apart

SOURCE = """
class Song:
    @property
    def title(self):
        return "Lamps"

    @staticmethod
    def length():
        return 3

@dataclass(frozen=True)
class Record:
    @lru_cache(maxsize=1)
    def name(self): ...
"""


def test_properties_are_made_of_plain_functions_and_the_rest_stays_as_it_is() -> None:
    apart = taken_apart(SOURCE)
    assert "def _plain_title(self):" in apart
    assert "title = property(_plain_title)" in apart
    assert "@staticmethod\n    def length" in apart
    assert "@lru_cache(maxsize=1)\n    def name" in apart
    songs: dict[str, type] = {}
    exec(taken_apart(SOURCE.partition("@dataclass")[0]), songs)
    assert songs["Song"]().title == "Lamps"
