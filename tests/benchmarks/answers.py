"""One answer of a service of the benchmarks, through all of the app."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from beatra_desktop.services import Services
from tests.benchmarks.live import Beat, MakeView, Run, percentile
from tests.certificates import Certificate

GLANCE_SECONDS: Final = 0.02


@contextmanager
def streaming(text: str, rate: int, certificate: Certificate | None = None) -> Iterator[str]:
    """The base URL of a service that answers with `text`, `rate` tokens a second.

    A certificate is one for localhost; with it everything is encrypted.
    """
    script = Path(__file__).with_name("sse_server.py")
    files = [certificate.public, certificate.private] if certificate else []
    command = [sys.executable, str(script), str(rate), *map(str, files)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(text)
        process.stdin.close()
        place = "https://localhost" if certificate else "http://127.0.0.1"
        try:
            yield f"{place}:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()


async def answered(services: Services, make: MakeView) -> Run:
    """Ask, and measure from the first word to the last."""
    conversation = services.chat.new_conversation()
    messages = services.chat.open(conversation.id)
    view = make(messages)
    services.chat.send(conversation.id, "Go on")
    await _until(lambda: len(messages) > 1 and messages[len(messages) - 1].text != "")
    beat, cpu, began = Beat(view.painted), process_time(), perf_counter()
    before = len(messages[len(messages) - 1].text)
    heard = [began]
    messages.changed.connect(lambda _row: heard.append(perf_counter()))
    await _until(lambda: not services.chat.is_answering(conversation.id))
    took, spent = heard[-1] - began, process_time() - cpu
    tokens = (len(messages[len(messages) - 1].text) - before) / 4
    late = beat.corrected()
    beat.deleteLater()
    view.widget.deleteLater()
    frames = beat.paints / took
    return Run(spent / tokens * 1e6, percentile(late, 99), max(late), frames, tokens / took)


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
        await asyncio.sleep(GLANCE_SECONDS)
