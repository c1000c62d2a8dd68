"""Finding what was ever said and sung."""

import asyncio
from typing import Final

from psygnal import Signal

from beatra_desktop.domain.search import Hit
from beatra_desktop.services import failures
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.search import SearchRepository

HITS: Final = 50


class SearchService:
    """Answers `look_for(text)` by `found(text, hits)`; what was asked before is dropped."""

    found = Signal(str, list)

    def __init__(
        self, repository: SearchRepository, *, supervisor: Supervisor, notices: Notices
    ) -> None:
        self._repository = repository
        self._supervisor = supervisor
        self._notices = notices
        self._wanted = ""
        self._is_looking = False

    def search(self, text: str) -> list[Hit]:
        """The newest hits in titles, messages and songs, at most 50; none for blank text.

        Reads the disk, in whichever thread it is called. Raises StorageError.
        """
        return self._repository.find(text.strip(), limit=HITS) if text.strip() else []

    def look_for(self, text: str) -> None:
        """Search in a thread of its own; blank text gives up what is still being looked for."""
        self._wanted = text if text.strip() else ""
        if self._wanted and not self._is_looking:
            self._is_looking = True
            self._supervisor.start(self._look(), name="search")

    async def _look(self) -> None:
        try:
            while text := self._wanted:
                hits = await self._hits(text)
                if text == self._wanted:
                    self._wanted = ""
                    self.found.emit(text, hits)
        finally:
            self._is_looking = False

    async def _hits(self, text: str) -> list[Hit]:
        try:
            return await asyncio.to_thread(self.search, text)
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            return []
