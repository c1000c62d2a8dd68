"""The shape of a long recording, and what the sandbox takes to make one (goals, section 5)."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import perf_counter, thread_time
from typing import Final

from PySide6.QtCore import QObject

from beatra_desktop.audio.peaks import peaks
from beatra_desktop.audio.source import Decoder, open_audio
from beatra_desktop.sandbox.synth import Song, render_mp3
from beatra_desktop.services.library import BUCKETS
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import Beat, percentile, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

MINUTES: Final = 10
GLANCE_MS: Final = 20
PROMPTS: Final = ("warm lo-fi piano", "driving techno", "orchestral film score")


def rows(options: Options) -> Iterator[Row]:
    """Ours and a bare decoding take turns, each in a worker thread like the app's."""
    made: list[float] = []
    shaped: list[float] = []
    decoded: list[float] = []
    late: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.mp3"
        for number in range(options.rounds):
            began = perf_counter()
            minute = render_mp3(Song(prompt=PROMPTS[number % len(PROMPTS)], seconds=60)).data
            made.append(perf_counter() - began)
            path.write_bytes(minute * MINUTES)
            seconds, _ = _in_thread(lambda: _decode(path))
            decoded.append(seconds)
            seconds, p99_ms = _in_thread(lambda: peaks(path, buckets=BUCKETS))
            shaped.append(seconds)
            late.append(p99_ms)
    yield Row(
        name=f"waveform of a {MINUTES}-minute MP3, CPU",
        unit="s",
        ours=shaped,
        limit=Peer("PyAV", decoded),
        goal=Goal(at_most=1.2, of_ratio=True),
    )
    yield Row(
        name="p99 late meanwhile", unit="ms", ours=late, goal=Goal(at_most=4), needs_quiet=True
    )
    yield Row(name="sandbox, making a minute of music", unit="s", ours=made)


def _in_thread(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of the thread, and how late this one's loop was meanwhile (p99, ms)."""
    took: list[float] = []

    def run() -> None:
        began = thread_time()
        work()
        took.append(thread_time() - began)

    beat, thread = Beat(QObject()), Thread(target=run)
    thread.start()
    while thread.is_alive():
        wait(GLANCE_MS)
    late_ms = percentile(beat.corrected(), 99)
    beat.deleteLater()
    return took[0], late_ms


def _decode(path: Path) -> None:
    with open_audio(path) as source:
        for _ in Decoder(source):
            pass


BENCHES: Final = (Bench(name="sounds", section=Section.LISTS, budget_s=32, rows=rows),)
