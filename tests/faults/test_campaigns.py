"""The frame of all campaigns: what is drawn, counted and told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.campaign import Campaign, Case, Verdict, assert_kept
from tests.faults.report import Tally, table


def test_a_case_draws_the_same_each_time_and_another_number_draws_otherwise(tmp_path: Path) -> None:
    first = Case(seed=7, number=3, folder=tmp_path)
    other = Case(seed=7, number=4, folder=tmp_path)
    assert first.random.random() == first.random.random() != other.random.random()


def test_broken_promises_are_counted_beside_the_kept_ones() -> None:
    tally = Tally(campaign="network", seed=7)
    tally.add([Verdict(promise="P1", kind="reset"), Verdict(promise="P1", kind="cut", problem="2")])
    assert list(tally.lines) == [("network", "P1", "2", "1", "7")]


def test_the_report_can_be_written() -> None:
    tally = Tally(campaign="network", seed=7)
    tally.add([Verdict(promise="P1", kind="reset")])
    assert json.loads(json.dumps(vars(tally)))["tried"] == {"P1": 1}


def test_the_table_stands_in_columns() -> None:
    tally = Tally(campaign="network", seed=7)
    tally.add([Verdict(promise="never pay twice", kind="reset")])
    lines = table([tally]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "never pay twice" in lines[2]


def test_a_case_that_breaks_a_promise_or_tries_none_fails(tmp_path: Path) -> None:
    def breaking(_: Case) -> Iterator[Verdict]:
        yield Verdict(promise="P1", kind="reset", problem="two keys")

    def idle(_: Case) -> Iterator[Verdict]:
        yield from ()

    with pytest.raises(AssertionError, match="two keys"):
        assert_kept(Campaign(name="x", run=breaking, large=1, small=1), 0, tmp_path)
    with pytest.raises(AssertionError, match="nothing was tried"):
        assert_kept(Campaign(name="x", run=idle, large=1, small=1), 0, tmp_path)
