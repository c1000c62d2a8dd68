from datetime import UTC, datetime
from typing import Any

import pytest

from beatra_desktop.domain.search import Hit, HitKind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        ({"conversation_id": "c"}, HitKind.TITLE),
        ({"conversation_id": "c", "message_id": "m"}, HitKind.MESSAGE),
        ({"task_id": "t"}, HitKind.SONG),
    ],
)
def test_a_hit_is_of_the_kind_of_what_it_leads_to(ids: dict[str, Any], kind: HitKind) -> None:
    assert Hit(title="Rain", snippet="", created_at=NOON, **ids).kind is kind
