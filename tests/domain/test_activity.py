"""Activities: which of them are still going on."""

from beatra_desktop.domain.activity import ActivityState


def test_what_waits_runs_or_needs_somebody_has_not_ended() -> None:
    live = {state for state in ActivityState if state.is_live}
    assert live == {ActivityState.WAITING, ActivityState.RUNNING, ActivityState.NEEDS_YOU}
