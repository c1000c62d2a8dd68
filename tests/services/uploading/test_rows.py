"""Uploads in memory and on disk."""

from datetime import UTC, datetime
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.services.uploading import rows as rows_module

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_new_ones_are_above_in_their_order_also_after_a_restart(
    make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    rows.add([make_upload("a")])
    rows.add([make_upload("b"), make_upload("c")])
    assert [upload.name for upload in rows.records] == ["b", "c", "a"]
    assert [upload.name for upload in open_rows().records] == ["b", "c", "a"]


def test_ranks_rise_even_where_the_clock_stands(make_upload: Any, open_rows: Any) -> None:
    rows = open_rows()
    ranks = [rows.new_rank() for _ in range(1000)]
    assert sorted(set(ranks)) == ranks
    rows.add([make_upload("a", rank=ranks[-1] + 1_000_000)])
    assert open_rows().new_rank() > ranks[-1] + 1_000_000


def test_what_has_not_ended_is_listed_however_old_it_is(
    make_upload: Any, open_rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "SHOWN", 2)
    rows = open_rows()
    for name in "abcd":
        waits = {"status": UploadStatus.WAITING, "artifact_id": None} if name in "ad" else {}
        rows.add([make_upload(name, **waits)])
    assert [upload.name for upload in open_rows().records] == ["d", "c", "a"]


def test_an_artifact_is_found_before_and_after_it_is_on_the_disk(
    make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    upload = make_upload("a", status=UploadStatus.SENDING, artifact_id=None)
    rows.add([upload])
    assert rows.artifact_of(upload.content) is None
    known = rows.put(replace(upload, status=UploadStatus.UPLOADED, artifact_id="art"))
    assert rows.artifact_of(upload.content) == known
    assert open_rows().artifact_of(upload.content) == known
    for other in (
        make_upload("a", purpose=Purpose.MEDIA_INPUT),
        make_upload("a", profile_id=ProfileId("other")),
        make_upload("a", sha256="other"),
    ):
        assert rows.artifact_of(other.content) is None


def test_a_cleared_row_is_still_known_unless_it_became_nothing(
    make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    kept = make_upload("kept")
    failed = make_upload("failed", status=UploadStatus.FAILED, artifact_id=None)
    rows.add([kept, failed])
    rows.clear(kept)
    rows.clear(failed)
    for each in (rows, open_rows()):
        assert len(each.records) == 0
        assert each.artifact_of(kept.content) is not None
    assert rows.with_artifact("artifact of kept")[0].removed_at is not None


def test_the_first_answer_about_rights_stays_with_the_bytes(
    make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    rows.add([make_upload("a"), make_upload("b")])
    assert rows.rights_of("hash of a") is None
    rows.put(make_upload("a", rights_confirmed_at=NOON))
    for each in (rows, open_rows()):
        assert each.rights_of("hash of a") == NOON
        assert each.rights_of("hash of b") is None


def test_what_is_forgotten_leaves_nothing(make_upload: Any, open_rows: Any) -> None:
    rows = open_rows()
    shared = {"sha256": "same", "artifact_id": "art", "rights_confirmed_at": NOON}
    first, second = make_upload("a", **shared), make_upload("b", **shared)
    for upload in (first, second):
        rows.add([upload])
        rows.put(upload)
    rows.clear(first)
    open_rows()
    rows.forget(first.content)
    assert rows.artifact_of(first.content) is None, "though the disk does not know yet"
    for each in (rows, open_rows()):
        assert len(each.records) == 0
        assert each.artifact_of(first.content) is None
        assert each.rights_of("same") is None
        assert each.with_artifact("art") == []


def test_an_artifact_that_is_gone_is_not_used_until_it_is_there_again(
    make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    upload = make_upload("a")
    rows.add([upload])
    told: list[Any] = []
    rows.learned.connect(told.append)
    rows.mark_gone(rows.with_artifact("artifact of a"), NOON)
    assert told[-1].gone_at == NOON
    for each in (rows, open_rows()):
        assert each.records[0].gone_at == NOON
        assert each.artifact_of(upload.content) is None
    rows.mark_gone(rows.with_artifact("artifact of a"), None)
    assert open_rows().artifact_of(upload.content) is not None
