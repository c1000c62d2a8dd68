"""The service's time, told by its answers and run on by this machine's clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.api.service_clock import ServiceClock

TOLD = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATE = "Sun, 01 Mar 2026 12:00:00 GMT"
HOUR = timedelta(hours=1)


class Machine:
    """Both clocks of a machine that is a day behind."""

    def __init__(self) -> None:
        self.wall = TOLD - timedelta(days=1)
        self.steady = 500.0

    def clock(self) -> ServiceClock:
        return ServiceClock(now=lambda: self.wall, steady=lambda: self.steady)


def test_nothing_is_known_before_the_first_answer() -> None:
    clock = ServiceClock()
    assert (clock.earliest, clock.latest) == (None, None)


def test_it_runs_on_from_what_the_service_said() -> None:
    machine = Machine()
    clock = machine.clock()
    clock.note(DATE, clock.instant())
    assert clock.earliest == clock.latest == TOLD
    machine.wall, machine.steady = machine.wall + HOUR, machine.steady + 3600
    assert clock.earliest == clock.latest == TOLD + HOUR


def test_a_wall_clock_that_was_set_back_is_not_believed() -> None:
    machine = Machine()
    clock = machine.clock()
    clock.note(DATE, clock.instant())
    machine.wall, machine.steady = machine.wall - 24 * HOUR, machine.steady + 3600
    assert clock.earliest == clock.latest == TOLD + HOUR


def test_a_sleep_or_a_clock_set_ahead_leaves_room_for_doubt() -> None:
    machine = Machine()
    clock = machine.clock()
    clock.note(DATE, clock.instant())
    machine.wall += 8 * HOUR
    assert (clock.earliest, clock.latest) == (TOLD, TOLD + 8 * HOUR)


def test_an_answer_may_have_lain_unread_while_the_machine_slept() -> None:
    machine = Machine()
    clock = machine.clock()
    asked = clock.instant()
    machine.wall, machine.steady = machine.wall + 8 * HOUR, machine.steady + 1
    clock.note(DATE, asked)
    assert (clock.earliest, clock.latest) == (TOLD, TOLD + 8 * HOUR)


def test_time_on_the_way_leaves_room_for_doubt() -> None:
    machine = Machine()
    clock = machine.clock()
    asked = clock.instant()
    machine.wall, machine.steady = machine.wall + HOUR, machine.steady + 3600
    clock.note(DATE, asked)
    machine.wall, machine.steady = machine.wall + HOUR, machine.steady + 3600
    assert (clock.earliest, clock.latest) == (TOLD + HOUR, TOLD + 2 * HOUR)


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "yesterday",
        "Sun, 41 Mar 2026 12:00:00 GMT",
        "Sun, 01 Mar 99999999999999999999 12:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ],
)
def test_what_is_no_date_changes_nothing(date: str | None) -> None:
    machine = Machine()
    clock = machine.clock()
    clock.note(DATE, clock.instant())
    clock.note(date, clock.instant())
    machine.wall, machine.steady = machine.wall + HOUR, machine.steady + 3600
    assert clock.earliest == clock.latest == TOLD + HOUR


def test_it_stands_on_this_machines_clocks_by_itself() -> None:
    clock = ServiceClock()
    clock.note(DATE, clock.instant())
    assert clock.latest is not None
    assert TOLD <= clock.latest < TOLD + HOUR
