"""How the benchmarks' findings are written and shown."""

import json
from typing import Final

import pytest
from pytestqt.qtbot import QtBot
from rich.console import Console

from beatra_desktop.domain.records import replace
from tests.benchmarks import benches, noise, options, report, table
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.noise import Noise
from tests.benchmarks.report import Measured
from tests.benchmarks.rows import Goal, Peer, Row

QUIET: Final = Noise(stolen=1.01, spread=0.1, late_ms=0.4)
ROW: Final = Row(
    name="open 10,000 messages",
    unit="ms",
    ours=[20, 12.25, 1234],
    naive=Peer("labels", [33_783]),
    limit=Peer("100", [10, 7, 1000]),
    goal=Goal(at_most=1.5, of_ratio=True),
)
LATE: Final = Row(name="late", unit="ms", ours=[9], goal=Goal(at_most=4), needs_quiet=True)
BENCH: Final = Bench(
    name="opening", section=Section.CONVERSATIONS, budget_s=10, rows=lambda _: iter([ROW, LATE])
)
FOUND: Final = Measured(bench=BENCH, rows=[ROW, LATE], seconds=61, noise=QUIET)


def shown(*found: Measured) -> list[str]:
    console = Console(width=table.WIDTH)
    with console.capture() as capture:
        console.print(table.report(found))
    return [" ".join(line.split()) for line in capture.get().splitlines()]


def test_the_table_says_what_each_figure_was_judged_by() -> None:
    lines = shown(FOUND)
    assert "Long conversations" in lines
    assert (
        "open 10,000 messages 20.0 ms 12.2 – 1,234 labels 33,783 100 10.0"
        " 1.75 × 1.23 – 2.00 ≤ 1.5 × ✗ missed"
    ) in lines
    assert "late 9.00 ms ≤ 4 ms ✗ missed" in lines
    assert "opening 61 s 10 s 1.01 × 10% 0.4 ms" in lines
    assert lines[-1] == "2 missed; 1 min 1 s"


def test_a_noisy_machine_is_named_and_excuses_lateness() -> None:
    lines = shown(replace(FOUND, noise=replace(QUIET, late_ms=7)))
    assert "late 9.00 ms ≤ 4 ms ~ too noisy to judge" in lines
    assert "opening 61 s 10 s 1.01 × 10% 7.0 ms ~ too noisy for lateness" in lines
    assert "1 missed, 1 too noisy to judge" in lines[-1]
    assert "too noisy during 1 of 1" in lines[-1]


def test_the_file_holds_all_samples() -> None:
    written = json.loads(json.dumps(report.as_json([FOUND])))
    assert written["rows"][0] == {
        "section": "Long conversations",
        "bench": "opening",
        "name": "open 10,000 messages",
        "unit": "ms",
        "ours": {"min": 12.25, "median": 20, "max": 1234, "samples": [20, 12.25, 1234]},
        "naive": {
            "way": "labels",
            "min": 33_783,
            "median": 33_783,
            "max": 33_783,
            "samples": [33_783],
        },
        "limit": {"way": "100", "min": 7, "median": 10, "max": 1000, "samples": [10, 7, 1000]},
        "ratio": {"min": 1.234, "median": 1.75, "max": 2, "samples": [2, 1.75, 1.234]},
        "goal": {"at_most": 1.5, "at_least": None, "of_ratio": True},
        "verdict": "missed",
    }
    assert written["benches"][0]["noise"]["late_ms"] == 0.4


def test_a_bench_is_heard_before_and_after(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "SETTLING_MS", 0)
    monkeypatch.setattr(noise, "IDLE_MS", 30)
    found = report.measure(BENCH, options.parse(["opening"], ["opening"]))
    assert found.rows == [ROW, LATE]
    assert found.noise.stolen > 0
    assert found.noise.late_ms >= 0


def test_the_worst_moment_counts() -> None:
    busy = Noise(stolen=1.5, spread=0.05, late_ms=0.1)
    assert noise.worst(QUIET, busy) == Noise(stolen=1.5, spread=0.1, late_ms=0.4)
    assert noise.worst(QUIET, busy).excess == {"stolen": 1.5}
    assert not QUIET.excess


def test_all_benches_fit_into_ten_minutes_under_one_name_each() -> None:
    known = benches.all_benches()
    names = [bench.name for bench in known]
    assert len(names) == len(set(names))
    assert sum(bench.budget_s for bench in known) <= 600
    assert [*dict.fromkeys(bench.section for bench in known)] == [
        section for section in Section if section in {bench.section for bench in known}
    ]


def test_an_unknown_bench_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options.parse(["nonsense"], ["opening"])
    assert "there is no nonsense" in capsys.readouterr().err
