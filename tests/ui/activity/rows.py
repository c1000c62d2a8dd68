"""Activities for tests of what shows them."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Moment, Step
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.domain.records import replace

NOW: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NAMES: Final = {"sandbox": "Sandbox", "beatra": "beatra"}


def activity(number: int = 0, **fields: Any) -> Activity:
    """A song that was written `number` minutes before noon and is done."""
    created = NOW - timedelta(minutes=number)
    usual = Activity(
        id=f"a{number:05}",
        kind=ActivityKind.SONG,
        owner_id=f"t{number}",
        title=f"Song {number}",
        state=ActivityState.DONE,
        profile_id=SANDBOX_PROFILE_ID,
        created_at=created,
        ended_at=created + timedelta(seconds=42),
        timeline=way(created, Step.WRITTEN, Step.STARTED),
    )
    return replace(usual, **fields)


def way(began: datetime, *steps: Step, seconds: float = 1.0) -> tuple[Moment, ...]:
    """These steps, so many seconds apart."""
    return tuple(
        Moment(step=step, at=began + timedelta(seconds=seconds * place))
        for place, step in enumerate(steps)
    )
