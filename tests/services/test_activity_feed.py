"""Hearing of records one by one, whatever way their list changes."""

from dataclasses import dataclass

from beatra_desktop.domain.observable import Records
from beatra_desktop.services.activity_feed import Feed


@dataclass(frozen=True)
class Thing:
    id: str
    word: str = ""


def test_what_comes_changes_and_goes_is_heard() -> None:
    records = Records([Thing("a")])
    put: list[Thing] = []
    gone: list[str] = []
    feed = Feed(records, put=put.append, gone=gone.append)
    records.insert(0, Thing("b"), Thing("c"))
    records.replace(Thing("a", "new"))
    records.remove("c")
    assert put == [Thing("b"), Thing("c"), Thing("a", "new")]
    assert gone == ["c"]
    put.clear()
    records.assign([Thing("a"), Thing("d")])
    assert put == [Thing("a"), Thing("d")]
    assert gone == ["c", "b"]
    del feed
