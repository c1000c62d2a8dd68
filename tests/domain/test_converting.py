from beatra_desktop.domain.converting import ConversionState


def test_what_waits_and_what_runs_can_still_be_stopped() -> None:
    live = {state for state in ConversionState if state.is_live}
    assert live == {ConversionState.WAITING, ConversionState.RUNNING}
