"""Owns every `asyncio.Task` of the app: one child's bug is reported and its siblings live on."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Final, Self

GRACE_SECONDS: Final = 5.0

_log = logging.getLogger(__name__)


class Supervisor:
    """An async context; leaving it cancels all children and waits for them.

    `on_bug(error, name)` hears of every exception a child did not handle itself.
    """

    def __init__(self, on_bug: Callable[[BaseException, str], None]) -> None:
        self._on_bug = on_bug
        self._children: set[asyncio.Task[None]] = set()
        self._is_closing = False

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> "asyncio.Task[None]":
        """Run `work` until it ends or the app does; while closing it is dropped unstarted."""
        child: asyncio.Task[None] = asyncio.get_running_loop().create_task(work, name=name)
        self._children.add(child)
        child.add_done_callback(self._on_done)
        if self._is_closing:
            child.cancel()
        return child

    @property
    def names(self) -> list[str]:
        """What is running, for logs and tests."""
        return sorted(child.get_name() for child in self._children)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_closing = True
        for child in self._children:
            child.cancel()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + GRACE_SECONDS
        # A child may start others with its last breath.
        while self._children and (left := deadline - loop.time()) > 0:
            await asyncio.wait(self._children, timeout=left)
        for child in self._children:
            _log.error("Still running at the end: %s", child.get_name())

    def _on_done(self, child: "asyncio.Task[None]") -> None:
        self._children.discard(child)
        if not child.cancelled() and (error := child.exception()) is not None:
            self._on_bug(error, child.get_name())
