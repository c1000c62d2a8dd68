import re

from beatra_desktop.domain.ids import new_id


def test_ids_are_opaque_and_never_the_same() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{28}", each) for each in ids)


def test_ids_sort_by_the_millisecond_they_were_made_in() -> None:
    times = [new_id()[:12] for _ in range(1000)]
    assert times == sorted(times)
