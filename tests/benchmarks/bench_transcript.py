"""Streaming into the transcript (goals, section 1).

Every view is fed by the same records and measured in turn, so that ratios compare what the
machine was like at the same time.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.benchmarks import views
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import MakeView, Run, stream
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.benchmarks.texts import BLOCKS, markdown

BLOCK_TOKENS: Final = 8_000
BLOCK_RATE: Final = 1_000
_CELLS: Final = ((1_000, 500), (1_000, 32_000), (1_000, 8_000), (200, 2_000), (50, 8_000))
"""Rate in tokens a second and tokens that are there already, unless asked for others."""
_LIMITS: Final[Mapping[str, MakeView]] = {
    "null": views.nothing,
    "plain": views.plain_text,
    "ours": views.ours,
}
_PEERS: Final[Mapping[str, MakeView]] = {
    "setMarkdown per token": views.whole_per_token,
    "setMarkdown at 60 Hz": views.whole_per_frame,
    "a label per block": views.label_per_block,
}
_PEER_CELLS: Final = ((1_000, 32_000), (50, 8_000))
_SHORT, _LONG = 500, 32_000


def rows(options: Options) -> Iterator[Row]:
    asked = [(rate, length) for rate in options.rates for length in options.lengths]
    ours: dict[int, list[float]] = {}
    for rate, length in asked or _CELLS:
        runs = _in_turn(_LIMITS, options, rate=rate, length=length)
        if rate == BLOCK_RATE:
            ours[length] = [run.cpu_us for run in runs["ours"]]
        yield from _cell_rows(f"{length:,} tokens at {rate:,}/s", runs, is_slow=rate < 100)
    if ours.keys() >= {_SHORT, _LONG}:
        yield Row(
            name=f"CPU per token at {_LONG:,} tokens, {BLOCK_RATE:,}/s",
            unit="µs",
            ours=ours[_LONG],
            limit=Peer(f"at {_SHORT}", ours[_SHORT]),
            goal=Goal(at_most=1.2, of_ratio=True),
        )
    for rate, length in (asked or _PEER_CELLS) if options.peers else ():
        yield from _peer_rows(options, rate=rate, length=length)


def block_rows(options: Options) -> Iterator[Row]:
    """One block without an end, of each kind."""
    for kind in BLOCKS:
        text = markdown(BLOCK_TOKENS + _grown(options, BLOCK_RATE), kind=kind)
        runs = [
            stream(text, views.ours, start=BLOCK_TOKENS, rate=BLOCK_RATE, seconds=options.seconds)
            for _ in range(options.rounds)
        ]
        name = f"one endless {kind}, {BLOCK_TOKENS:,} tokens"
        late = [run.late_p99_ms for run in runs]
        goal = Goal(at_most=16)
        yield Row(name=f"p99 late, {name}", unit="ms", ours=late, goal=goal, needs_quiet=True)
        yield Row(name=f"frames, {name}", unit="1/s", ours=[run.frames_per_s for run in runs])


def _in_turn(
    makers: Mapping[str, MakeView], options: Options, *, rate: int, length: int
) -> dict[str, list[Run]]:
    text = markdown(length + _grown(options, rate))
    runs: dict[str, list[Run]] = {name: [] for name in makers}
    for _ in range(options.rounds):
        for name, make in makers.items():
            found = stream(text, make, start=length, rate=rate, seconds=options.seconds)
            runs[name].append(found)
    return runs


def _grown(options: Options, rate: int) -> int:
    return int(rate * options.seconds) + rate


def _cell_rows(where: str, runs: Mapping[str, list[Run]], *, is_slow: bool) -> Iterator[Row]:
    ours, plain, null = (runs[name] for name in ("ours", "plain", "null"))
    yield Row(
        name=f"CPU per token, {where}",
        unit="µs",
        ours=[run.cpu_us for run in ours],
        limit=Peer("plain text", [run.cpu_us for run in plain]),
        goal=Goal(at_most=1.3 if is_slow else 1.2, of_ratio=True),
    )
    yield Row(name=f"CPU per token, null, {where}", unit="µs", ours=[run.cpu_us for run in null])
    yield Row(
        name=f"p99 late, {where}",
        unit="ms",
        ours=[run.late_p99_ms for run in ours],
        limit=Peer("null", [run.late_p99_ms for run in null]),
        goal=Goal(at_most=6),
        needs_quiet=True,
    )
    yield Row(
        name=f"longest stall, {where}",
        unit="ms",
        ours=[run.late_max_ms for run in ours],
        limit=Peer("null", [run.late_max_ms for run in null]),
        goal=Goal(at_most=16),
        needs_quiet=True,
    )
    frames = [run.frames_per_s for run in ours]
    goal = None if is_slow else Goal(at_least=55, at_most=60)
    yield Row(name=f"frames, {where}", unit="1/s", ours=frames, goal=goal, needs_quiet=True)


def _peer_rows(options: Options, *, rate: int, length: int) -> Iterator[Row]:
    where = f"{length:,} tokens at {rate:,}/s"
    text = markdown(length + _grown(options, rate))
    for way, make in _PEERS.items():
        run = stream(text, make, start=length, rate=rate, seconds=options.seconds)
        for name, unit, value in (
            ("CPU per token", "µs", run.cpu_us),
            ("p99 late", "ms", run.late_p99_ms),
            ("frames", "1/s", run.frames_per_s),
            ("tokens that got through", "1/s", run.tokens_per_s),
        ):
            yield Row(name=f"{name}, {way}, {where}", unit=unit, ours=[value])


BENCHES: Final = (
    Bench(name="streaming", section=Section.STREAMING, budget_s=110, rows=rows),
    Bench(name="blocks", section=Section.STREAMING, budget_s=40, rows=block_rows),
)
