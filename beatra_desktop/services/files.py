"""The library of uploaded files: what each became, where it was used, whether it is still there."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Content, KnownFile, Upload
from beatra_desktop.services import failures
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.uploading.links import Links, Presence
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.services.uploading.uses import Uses
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.uploads import Known, UploadRepository

PARALLEL_CHECKS: Final = 4
NOTED_AT_ONCE: Final = 50


class FileLibrary:
    """The single writer of known files: one for each content under a profile and a purpose."""

    def __init__(
        self,
        *,
        rows: UploadRows,
        repository: UploadRepository,
        uploads: UploadService,
        uses: Uses,
        links: Links,
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._rows = rows
        self._repository = repository
        self._uploads = uploads
        self._uses = uses
        self._links = links
        self._supervisor = supervisor
        self._notices = notices
        self._all: Records[KnownFile] = Records()
        self._files: Records[KnownFile] = Records()
        self._homes: dict[str, str] = {}
        self._words: Sequence[str] = ()
        self._texts: dict[str, str] = {}
        self._is_read = False
        self._forgotten: set[str] = set()
        rows.learned.connect(self._on_learned)
        uses.used.connect(self._on_used)
        uses.missed.connect(self._on_missed)
        uses.doubted.connect(self._on_doubted)

    @property
    def files(self) -> ReadOnlyRecords[KnownFile]:
        """What the last `look_for` found; at first all. Newest first."""
        return self._files

    def resume(self) -> None:
        """Read what earlier runs left, in a thread; later calls do nothing."""
        if not self._is_read:
            self._is_read = True
            self._supervisor.start(self._read(), name="read the file library")

    def look_for(self, text: str) -> None:
        """Show the files that have all these words in name, folder, type, ids or songs."""
        self._words = text.casefold().split()
        self._files.assign(file for file in self._all if self._is_wanted(file))

    def check(self, upload_id: UploadId) -> None:
        """Look whether the file is where it was, and ask whether its artifact still is."""
        if file := self._of(upload_id):
            self._supervisor.start(self._check(file), name=f"check {file.id}")

    def check_all(self) -> None:
        """Look for every file, and ask for every artifact while its service answers."""
        self._supervisor.start(self._check_all(), name="check all files")

    def upload_again(self, upload_id: UploadId) -> UploadId | None:
        """Send a file once more, under its own profile; None when it is not in the library."""
        file = self._of(upload_id)
        return None if file is None else self._uploads.add_anew(file.upload)

    def forget(self, upload_id: UploadId) -> None:
        """Delete what is known of a file, also the answer about rights.

        The file stays where it is, and the service keeps its artifact.
        """
        if file := self._of(upload_id):
            self._forgotten.add(file.id)
            self._uploads.forget(file.upload.content)
            for files in (self._all, self._files):
                if file.id in files:
                    files.remove(file.id)

    def _of(self, upload_id: UploadId) -> KnownFile | None:
        return next((file for file in self._all if file.upload.id == upload_id), None)

    def _is_wanted(self, file: KnownFile) -> bool:
        if not self._words:
            return True
        text = self._texts.get(file.id)
        if text is None:
            text = self._texts[file.id] = _text(file)
        return all(word in text for word in self._words)

    def _on_learned(self, upload: Upload) -> None:
        """An upload became an artifact, or what is known of one has changed."""
        file_id = _file_id(upload.content)
        known = self._all.get(file_id)
        if known is None:
            self._forgotten.discard(file_id)
            self._put_in(0, [self._made(upload, frozenset())])
        elif upload.id == known.upload.id or upload.created_at >= known.upload.created_at:
            is_missing = known.is_missing and upload.path == known.upload.path
            made = self._made(upload, known.artifact_ids)
            self._put(replace(made, is_missing=is_missing))

    def _on_used(self, artifact_id: str) -> None:
        if file := self._all.get(self._homes.get(artifact_id, "")):
            self._put(self._made(file.upload, file.artifact_ids, is_missing=file.is_missing))

    def _on_missed(self, artifact_id: str) -> None:
        self._mark(artifact_id, is_gone=True)

    def _on_doubted(self, artifact_id: str) -> None:
        if file := self._all.get(self._homes.get(artifact_id, "")):
            self._supervisor.start(self._doubt(file.upload), name=f"ask for {artifact_id}")

    def _mark(self, artifact_id: str, *, is_gone: bool) -> None:
        """Note it for every upload that shares the artifact; the first time stays."""
        uploads = self._rows.with_artifact(artifact_id)
        differing = [upload for upload in uploads if (upload.gone_at is not None) != is_gone]
        self._rows.mark_gone(differing, utc_now() if is_gone else None)

    def _made(
        self, upload: Upload, artifact_ids: frozenset[str], *, is_missing: bool = False
    ) -> KnownFile:
        if upload.artifact_id is not None:
            artifact_ids |= {upload.artifact_id}
        file_id = _file_id(upload.content)
        self._homes |= dict.fromkeys(artifact_ids, file_id)
        return KnownFile(
            id=file_id,
            upload=upload,
            artifact_ids=artifact_ids,
            used_by=self._uses.of(artifact_ids),
            is_missing=is_missing,
        )

    def _put_in(self, row: int, files: Sequence[KnownFile]) -> None:
        self._all.insert(row, *files)
        wanted = [file for file in files if self._is_wanted(file)]
        self._files.insert(min(row, len(self._files)), *wanted)

    def _put(self, file: KnownFile) -> None:
        if file != self._all.get(file.id):
            self._texts.pop(file.id, None)
            self._all.replace(file)
            if file.id in self._files:
                self._files.replace(file)

    async def _read(self) -> None:
        pages = self._repository.known()
        try:
            while page := await asyncio.to_thread(next, pages, None):
                self._take(page)
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
        await self._look_for_files()

    def _take(self, page: Iterable[Known]) -> None:
        """Add what an earlier run left, unless this run knows better."""
        older = []
        for upload, artifact_ids in page:
            file_id = _file_id(upload.content)
            if known := self._all.get(file_id):
                together = artifact_ids | known.artifact_ids
                self._put(self._made(known.upload, together, is_missing=known.is_missing))
            elif file_id not in self._forgotten:
                older.append(self._made(upload, artifact_ids))
        self._put_in(len(self._all), older)

    async def _check(self, file: KnownFile) -> None:
        is_missing = await asyncio.to_thread(_is_missing, file.upload)
        await self._note_missing({file.id: is_missing})
        await self._ask(file.upload)

    async def _check_all(self) -> None:
        await self._look_for_files()
        waiting = iter([file.upload for file in self._all])
        silent: set[str] = set()

        async def ask_in_turn() -> None:
            for upload in waiting:
                if upload.profile_id not in silent and not await self._ask(upload):
                    silent.add(upload.profile_id)

        await asyncio.gather(*(ask_in_turn() for _ in range(PARALLEL_CHECKS)))

    async def _look_for_files(self) -> None:
        files = list(self._all)
        missing = await asyncio.to_thread(lambda: {f.id: _is_missing(f.upload) for f in files})
        await self._note_missing(missing)

    async def _note_missing(self, missing: dict[str, bool]) -> None:
        """The loop turns now and then: a disk with thousands of files may have been taken out."""
        for number, (file_id, is_missing) in enumerate(missing.items()):
            file = self._all.get(file_id)
            if file is not None and file.is_missing != is_missing:
                self._put(replace(file, is_missing=is_missing))
            if number % NOTED_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def _doubt(self, upload: Upload) -> None:
        await self._ask(upload)

    async def _ask(self, upload: Upload) -> bool:
        """Note what an artifact's link tells; False if nobody answered."""
        presence = await self._links.presence(upload)
        if presence in (Presence.THERE, Presence.GONE):
            self._mark(upload.artifact_id or "", is_gone=presence is Presence.GONE)
        return presence is not Presence.UNHEARD


def _file_id(content: Content) -> str:
    profile_id, sha256, purpose = content
    return f"{purpose.value}:{sha256}:{profile_id}"


def _is_missing(upload: Upload) -> bool:
    try:
        return not upload.path.is_file()
    except OSError:
        return True


def _text(file: KnownFile) -> str:
    upload = file.upload
    songs = " ".join(use.title for use in file.used_by)
    ids = f"{upload.artifact_id} {upload.sha256} {upload.request_id}"
    return f"{upload.path} {upload.name} {upload.mime_type} {ids} {songs}".casefold()
