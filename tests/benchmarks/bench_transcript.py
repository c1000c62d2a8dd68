"""Streaming into the transcript (goals, section 1).

Every view is fed by the same records and measured in turn, so that ratios compare what the
machine was like at the same time. Medians of several rounds.
"""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final

from tests.benchmarks import views
from tests.benchmarks.live import MakeView, Run, middle, stream
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Row
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


def rows(options: Options) -> Iterator[Row]:
    asked = [(rate, length) for rate in options.rates for length in options.lengths]
    per_token: dict[int, float] = {}
    for rate, length in asked or _CELLS:
        runs = _in_turn(_LIMITS, options, rate=rate, length=length)
        if rate == BLOCK_RATE:
            per_token[length] = middle(runs["ours"]).cpu_us
        yield from _cell_rows(f"{length:,} tokens at {rate:,}/s", runs, is_slow=rate < 100)
    if per_token.keys() >= {500, 32_000}:
        ratio = per_token[32_000] / per_token[500]
        yield Row("CPU per token, 32,000 ÷ 500 tokens at 1,000/s", ratio, "×", "≤ 1.2")
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
        yield Row(f"lateness p99, {name}", middle(runs).late_p99_ms, "ms", "≤ 16")
        yield Row(f"frames, {name}", middle(runs).frames_per_s, "1/s")


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
    ours, plain, null = (middle(runs[name]) for name in ("ours", "plain", "null"))
    pairs = zip(runs["ours"], runs["plain"], strict=True)
    ratio = median(one.cpu_us / other.cpu_us for one, other in pairs)
    yield Row(f"CPU ÷ plain text, {where}", ratio, "×", "≤ 1.3" if is_slow else "≤ 1.2")
    for name, run in (("null", null), ("plain text", plain), ("transcript", ours)):
        yield Row(f"CPU per token, {name}, {where}", run.cpu_us, "µs")
    yield Row(f"lateness p99, {where}", ours.late_p99_ms, "ms", "≤ 6")
    yield Row(f"lateness p99, null, {where}", null.late_p99_ms, "ms")
    yield Row(f"longest stall, {where}", ours.late_max_ms, "ms", "≤ 16")
    yield Row(f"longest stall, null, {where}", null.late_max_ms, "ms")
    yield Row(f"frames, {where}", ours.frames_per_s, "1/s", "" if is_slow else "55 to 60")


def _peer_rows(options: Options, *, rate: int, length: int) -> Iterator[Row]:
    where = f"{length:,} tokens at {rate:,}/s"
    text = markdown(length + _grown(options, rate))
    for name, make in _PEERS.items():
        run = stream(text, make, start=length, rate=rate, seconds=options.seconds)
        yield Row(f"CPU per token, {name}, {where}", run.cpu_us, "µs")
        yield Row(f"lateness p99, {name}, {where}", run.late_p99_ms, "ms")
        yield Row(f"frames, {name}, {where}", run.frames_per_s, "1/s")
        yield Row(f"tokens that got through, {name}, {where}", run.tokens_per_s, "1/s")
