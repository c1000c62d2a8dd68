from dataclasses import dataclass

from msgspec import Struct

from beatra_desktop.domain.records import replace


class Lamp(Struct, frozen=True):
    name: str
    watts: int


@dataclass(frozen=True)
class Shade:
    name: str
    edge_mm: int


def test_structs_and_dataclasses_are_changed_alike() -> None:
    assert replace(Lamp("desk", 4), watts=7) == Lamp("desk", 7)
    assert replace(Shade("paper", 200), edge_mm=250) == Shade("paper", 250)
