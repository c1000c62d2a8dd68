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
BLOCK_ROUNDS: Final = 2
_CELLS: Final = ((1_000, 500), (1_000, 32_000), (200, 2_000), (50, 8_000))
"""Rate in tokens a second and tokens that are there already, unless asked for others."""
_LIMITS: Final[Mapping[str, MakeView]] = {
    "plain": views.plain_text,
    "ours": views.ours,
}
_NULL: Final = "null"
_NAIVE: Final = "setMarkdown per token"
_PEERS: Final[Mapping[str, MakeView]] = {
    _NAIVE: views.whole_per_token,
    "setMarkdown at 60 Hz": views.whole_per_frame,
    "a label per block": views.label_per_block,
}
_PEER_CELLS: Final = ((1_000, 32_000), (50, 8_000))
_SHORT, _LONG = 500, 32_000


def rows(options: Options) -> Iterator[Row]:
    asked = [(rate, length) for rate in options.rates for length in options.lengths]
    ours: dict[int, list[float]] = {}
    for rate, length in asked or _CELLS:
        has_peers = options.peers and (rate, length) in (asked or _PEER_CELLS)
        runs = _in_turn(_LIMITS, options, rate=rate, length=length)
        peers = {_NULL: views.nothing, **(_PEERS if has_peers else {})}
        once = _once(peers, options, rate=rate, length=length)
        if rate == BLOCK_RATE:
            ours[length] = [run.cpu_us for run in runs["ours"]]
        where = f"{length:,} at {rate:,}/s"
        yield from _cell_rows(where, runs, once.get(_NAIVE), is_slow=rate < 100)
        yield from _peer_rows(where, once)
    if ours.keys() >= {_SHORT, _LONG}:
        yield Row(
            name=f"CPU per token at {_LONG:,} ÷ at {_SHORT}",
            unit="µs",
            ours=ours[_LONG],
            limit=Peer(f"at {_SHORT}", ours[_SHORT]),
            goal=Goal(at_most=1.2, of_ratio=True),
        )


def block_rows(options: Options) -> Iterator[Row]:
    """One block without an end, of each kind."""
    for kind in BLOCKS:
        text = markdown(BLOCK_TOKENS + _grown(options, BLOCK_RATE), kind=kind)
        runs = [
            stream(text, views.ours, start=BLOCK_TOKENS, rate=BLOCK_RATE, seconds=options.seconds)
            for _ in range(min(options.rounds, BLOCK_ROUNDS))
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


def _once(
    makers: Mapping[str, MakeView], options: Options, *, rate: int, length: int
) -> dict[str, Run]:
    """What tells the order of magnitude needs no medians."""
    text = markdown(length + _grown(options, rate))
    return {
        name: stream(text, make, start=length, rate=rate, seconds=options.seconds)
        for name, make in makers.items()
    }


def _grown(options: Options, rate: int) -> int:
    return int(rate * options.seconds) + rate


def _cell_rows(
    where: str, runs: Mapping[str, list[Run]], naive: Run | None, *, is_slow: bool
) -> Iterator[Row]:
    ours, plain = runs["ours"], runs["plain"]
    yield Row(
        name=f"CPU per token, {where}",
        unit="µs",
        ours=[run.cpu_us for run in ours],
        naive=Peer(_NAIVE, [naive.cpu_us]) if naive else None,
        limit=Peer("plain text", [run.cpu_us for run in plain]),
        goal=Goal(at_most=1.3 if is_slow else 1.2, of_ratio=True),
    )
    yield Row(
        name=f"p99 late, {where}",
        unit="ms",
        ours=[run.late_p99_ms for run in ours],
        naive=Peer(_NAIVE, [naive.late_p99_ms]) if naive else None,
        limit=Peer("plain text", [run.late_p99_ms for run in plain]),
        goal=Goal(at_most=6),
        needs_quiet=True,
    )
    yield Row(
        name=f"longest stall, {where}",
        unit="ms",
        ours=[run.late_max_ms for run in ours],
        naive=Peer(_NAIVE, [naive.late_max_ms]) if naive else None,
        limit=Peer("plain text", [run.late_max_ms for run in plain]),
        goal=Goal(at_most=16),
        needs_quiet=True,
    )
    yield Row(
        name=f"frames, {where}",
        unit="1/s",
        ours=[run.frames_per_s for run in ours],
        naive=Peer(_NAIVE, [naive.frames_per_s]) if naive else None,
        goal=None if is_slow else Goal(at_least=55, at_most=60),
        needs_quiet=True,
    )


def _peer_rows(where: str, peers: Mapping[str, Run]) -> Iterator[Row]:
    for way, run in peers.items():
        if way != _NAIVE:
            yield Row(name=f"CPU per token, {way}, {where}", unit="µs", ours=[run.cpu_us])
        if way != _NULL:
            through = [run.tokens_per_s]
            yield Row(name=f"tokens through, {way}, {where}", unit="1/s", ours=through)


BENCHES: Final = (
    Bench(name="streaming", section=Section.STREAMING, budget_s=115, rows=rows),
    Bench(name="blocks", section=Section.STREAMING, budget_s=28, rows=block_rows),
)
