"""Events out of bytes, without a network: ours, httpx-sse and the least (goals, section 1)."""

import json
from collections.abc import Callable, Iterator
from time import process_time
from typing import Final

from httpx_sse import _decoders

from beatra_desktop.api.sse import SSEDecoder
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Peer, Row

EVENTS: Final = 20_000
EVENTS_PER_READ: Final = 16
"""What a frame brings at 1,000 events a second."""


def rows(options: Options) -> Iterator[Row]:
    reads = _reads()
    rounds = [
        [_events_per_s(decode, reads) for decode in (_ours, _naive, _split)]
        for _ in range(options.rounds)
    ]
    ours, naive, least = (list(samples) for samples in zip(*rounds, strict=True))
    yield Row(
        name="events decoded, of CPU time",
        unit="1/s",
        ours=ours,
        naive=Peer("httpx-sse", naive),
        limit=Peer("bytes.split", least),
    )


def _reads() -> list[bytes]:
    event = b"data: " + json.dumps({"choices": [{"delta": {"content": "word" * 30}}]}).encode()
    return [(event + b"\n\n") * EVENTS_PER_READ] * (EVENTS // EVENTS_PER_READ)


def _events_per_s(decode: Callable[[list[bytes]], int], reads: list[bytes]) -> float:
    began = process_time()
    found = decode(reads)
    assert found == EVENTS, "every way finds all events"
    return found / (process_time() - began)


def _ours(reads: list[bytes]) -> int:
    decoder = SSEDecoder()
    return sum(len(decoder.feed(read)) for read in reads)


def _naive(reads: list[bytes]) -> int:
    """As httpx-sse does it for each chunk of a response."""
    lines, decoder = _decoders.SSELineDecoder(), _decoders.SSEDecoder()
    found = (decoder.decode(line) for read in reads for line in lines.decode(read.decode()))
    return sum(event is not None for event in found)


def _split(reads: list[bytes]) -> int:
    """The least: reads that happen to end where events do."""
    return sum(len([part[6:] for part in read.split(b"\n\n") if part]) for read in reads)


BENCHES: Final = (Bench(name="events", section=Section.STREAMING, budget_s=4, rows=rows),)
