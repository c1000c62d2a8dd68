"""The report as tables for the eye: the rows by the sections of the goals, then the machine."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tests.benchmarks.noise import MOST
from tests.benchmarks.report import Measured
from tests.benchmarks.rows import Peer, Row, Verdict

WIDTH: Final = 160
_MARKS: Final = {
    Verdict.REACHED: ("✓", "green"),
    Verdict.MISSED: ("✗", "bold red"),
    Verdict.NOISY: ("~", "yellow"),
    Verdict.TOLD: ("·", "dim"),
}
_HEADINGS: Final = ("ours", "min – max", "naive", "limit", "ratio", "min – max", "goal")
_NOISE_HEADINGS: Final = ("took", "budget", "wall ÷ CPU", "spread", "timers late")


def report(found: Sequence[Measured]) -> RenderableType:
    return Group(_rows(found), Text(), _machine(found), Text(), _sum(found))


def _rows(found: Sequence[Measured]) -> Table:
    table = Table(box=None, header_style="dim")
    table.add_column()
    for heading in _HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for section, group in groupby(found, key=lambda each: each.bench.section):
        table.add_row()
        table.add_row(Text(section.value, "bold underline"))
        for each in group:
            table.add_row(Text(each.bench.name, "italic cyan"))
            for row in each.rows:
                table.add_row(*_cells(row, each.verdict(row)))
    return table


def _cells(row: Row, verdict: Verdict) -> list[str | Text]:
    mark, style = _MARKS[verdict]
    return [
        f"  {row.name}",
        Text(f"{number(median(row.ours))} {row.unit}", "bold"),
        Text(_span(row.ours), "dim"),
        _peer(row.naive),
        _peer(row.limit),
        f"{number(median(row.ratio))} ×" if row.ratio else "",
        Text(_span(row.ratio), "dim"),
        _goal(row),
        Text(f"{mark} {verdict}", style),
    ]


def _peer(peer: Peer | None) -> Text:
    if peer is None:
        return Text()
    return Text.assemble((f"{peer.way} ", "dim"), number(median(peer.samples)))


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return f"{row.goal} {'×' if row.goal.of_ratio else row.unit}"


def _span(samples: Sequence[float]) -> str:
    return f"{number(min(samples))} – {number(max(samples))}" if len(samples) > 1 else ""


def number(value: float) -> str:
    """With three digits that count, but never without the whole ones."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2
    return f"{value:,.{digits}f}"


def _machine(found: Sequence[Measured]) -> Table:
    """How long each bench took, and what the machine did beside it; yellow is above the bound."""
    table = Table(box=None, header_style="dim")
    table.add_column(style="italic cyan")
    for heading in _NOISE_HEADINGS:
        table.add_column(heading, justify="right")
    table.add_column()
    quiet = f"≤ {MOST['stolen']:g} × ,≤ {MOST['spread']:.0%},≤ {MOST['late_ms']:g} ms"
    table.add_row(Text("quiet enough is", "dim"), "", "", *quiet.split(","), style="dim")
    for each in found:
        table.add_row(each.bench.name, *_noise_cells(each))
    return table


def _noise_cells(each: Measured) -> list[str | Text]:
    noise, excess = each.noise, each.noise.excess
    heard = {
        "stolen": f"{noise.stolen:.2f} ×",
        "spread": f"{noise.spread:.0%}",
        "late_ms": f"{noise.late_ms:.1f} ms",
    }
    return [
        Text(f"{each.seconds:.0f} s", "bold red" if each.is_late else ""),
        f"{each.bench.budget_s:.0f} s",
        *(Text(text, "yellow" if name in excess else "") for name, text in heard.items()),
        Text("~ too noisy for lateness" if excess else "", "yellow"),
    ]


def _sum(found: Sequence[Measured]) -> Text:
    counted = Counter(each.verdict(row) for each in found for row in each.rows)
    told = ", ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict if counted[verdict])
    minutes, seconds = divmod(round(sum(each.seconds for each in found)), 60)
    noisy = sum(each.is_noisy for each in found)
    quiet = (
        f"the machine was too noisy during {noisy} of {len(found)}: run them again when it rests"
    )
    return Text(f"{told}; {minutes} min {seconds} s{f'; {quiet}' if noisy else ''}", "bold")
