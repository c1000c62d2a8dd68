"""The whole way of an answer: socket, events, record, view (goals, section 1).

The same services write the same records; only the view differs.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop import eventloop
from beatra_desktop.credentials import LayeredCredentials, MemoryCredentials
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services import Services
from beatra_desktop.services.assembly import open_services
from beatra_desktop.services.grounds import Grounds
from beatra_desktop.storage.database import Database
from tests.benchmarks import views
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import Beat, MakeView, Run, percentile
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.benchmarks.texts import markdown

RATE: Final = 1_000
GLANCE_SECONDS: Final = 0.02
_VIEWS: Final[dict[str, MakeView]] = {
    "plain": views.plain_text,
    "ours": views.ours,
}


def rows(options: Options) -> Iterator[Row]:
    application = QCoreApplication.instance()
    assert application
    with _service(markdown(int(RATE * options.seconds))) as base_url:
        runs = eventloop.run(_measure(options, base_url), application)
    ours, plain, null = (runs[name] for name in ("ours", "plain", "null"))
    yield Row(
        name=f"CPU per token, {RATE:,}/s",
        unit="µs",
        ours=[run.cpu_us for run in ours],
        limit=Peer("plain text", [run.cpu_us for run in plain]),
        goal=Goal(at_most=1.2, of_ratio=True),
    )
    yield Row(name="CPU per token, no view", unit="µs", ours=[run.cpu_us for run in null])
    late, stalls = [run.late_p99_ms for run in ours], [run.late_max_ms for run in ours]
    yield Row(name="p99 late", unit="ms", ours=late, goal=Goal(at_most=6), needs_quiet=True)
    yield Row(name="longest stall", unit="ms", ours=stalls, goal=Goal(at_most=16), needs_quiet=True)
    frames, goal = [run.frames_per_s for run in ours], Goal(at_least=55, at_most=60)
    yield Row(name="frames", unit="1/s", ours=frames, goal=goal, needs_quiet=True)
    on_time = [100 * run.tokens_per_s / RATE for run in ours]
    yield Row(name="events on time", unit="%", ours=on_time, goal=Goal(at_least=98))


@contextmanager
def _service(text: str) -> Iterator[str]:
    script = Path(__file__).with_name("sse_server.py")
    command = [sys.executable, str(script), str(RATE)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(text)
        process.stdin.close()
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()


async def _measure(options: Options, base_url: str) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in ("null", *_VIEWS)}
    with tempfile.TemporaryDirectory() as folder:
        grounds = _grounds(Path(folder), base_url)
        async with open_services(grounds) as services:
            services.profiles.check()
            await _answered(services, views.nothing)  # for warming up
            runs["null"].append(await _answered(services, views.nothing))
            for _ in range(options.rounds):
                for name, make in _VIEWS.items():
                    runs[name].append(await _answered(services, make))
        grounds.database.close()
    return runs


def _grounds(folder: Path, base_url: str) -> Grounds:
    return Grounds(
        database=Database.open(folder / "beatra.db"),
        credentials=LayeredCredentials(MemoryCredentials()),
        clips=folder / "clips",
        cache=folder / "cache",
        sandbox_command=[],
        temporary_profile=Profile(
            id=ProfileId("bench"), name="Bench", kind=ProfileKind.CUSTOM, base_url=base_url
        ),
        on_bug=_raise,
    )


def _raise(error: BaseException, _where: str) -> None:
    raise error


async def _answered(services: Services, make: MakeView) -> Run:
    """Ask, and measure from the first word to the last."""
    conversation = services.chat.new_conversation()
    messages = services.chat.open(conversation.id)
    view = make(messages)
    services.chat.send(conversation.id, "Go on")
    await _until(lambda: len(messages) > 1 and messages[len(messages) - 1].text != "")
    beat, cpu, began = Beat(view.painted), process_time(), perf_counter()
    before = len(messages[len(messages) - 1].text)
    await _until(lambda: not services.chat.is_answering(conversation.id))
    took, spent = perf_counter() - began, process_time() - cpu
    tokens = (len(messages[len(messages) - 1].text) - before) / 4
    late = beat.corrected()
    beat.deleteLater()
    view.widget.deleteLater()
    frames = beat.paints / took
    return Run(spent / tokens * 1e6, percentile(late, 99), max(late), frames, tokens / took)


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
        await asyncio.sleep(GLANCE_SECONDS)


BENCHES: Final = (Bench(name="pipeline", section=Section.STREAMING, budget_s=24, rows=rows),)
