"""The song list of a bench, on show."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from beatra_desktop.ui import theme
from beatra_desktop.ui.music.queue import Queue

OpenQueue = Callable[[Any], Queue]


@pytest.fixture
def open_queue(qapp: Any) -> Iterator[OpenQueue]:
    """Opens the song list of a bench, and takes it away after the test."""
    opened: list[Queue] = []

    def open_on(bench: Any) -> Queue:
        queue = Queue(bench.services)
        theme.dress(queue)
        queue.resize(380, 700)
        queue.show()
        opened.append(queue)
        return queue

    yield open_on
    for queue in opened:
        queue.hide()
        queue.deleteLater()
