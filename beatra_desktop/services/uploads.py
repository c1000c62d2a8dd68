"""Uploads: files in, artifacts out, the same bytes never twice."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Request, RequestKind
from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.uploads import (
    Content,
    Preflight,
    PreflightId,
    Purpose,
    PurposeRule,
    Upload,
    UploadStatus,
)
from beatra_desktop.services import failures
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.services.uploading import changes, order
from beatra_desktop.services.uploading.hashing import Hashing
from beatra_desktop.services.uploading.inspection import Looked
from beatra_desktop.services.uploading.intake import Intake
from beatra_desktop.services.uploading.links import Links
from beatra_desktop.services.uploading.made_files import MadeFiles
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.services.uploading.sending import Sending
from beatra_desktop.services.uploading.turns import Turns
from beatra_desktop.storage.errors import StorageError

PARALLEL_READS: Final = 1
"""Disks read best one file after the other, and files then leave in the order they came."""
PARALLEL_MAKES: Final = 2
ADDED_AT_ONCE: Final = 100
"""So many new rows at a time, between which the loop turns."""
_ENDED_BADLY: Final = (UploadStatus.FAILED, UploadStatus.UNKNOWN)
_NOT_SENT_YET: Final = (UploadStatus.INSPECTING, UploadStatus.ASKING, UploadStatus.WAITING)


class UploadService:
    """Commands on uploads, and the way of each: looked at, hashed, reused or sent in its turn."""

    def __init__(
        self,
        *,
        rows: UploadRows,
        sending: Sending,
        links: Links,
        outbox: Outbox,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
        traffic: Traffic,
        made_files: MadeFiles,
    ) -> None:
        self._rows = rows
        self._hashing = Hashing(rows)
        self._sending = sending
        self._links = links
        self._outbox = outbox
        self._profiles = profiles
        self._supervisor = supervisor
        self._traffic = traffic
        self._made_files = made_files
        self._intake = Intake(supervisor)
        self._anew: set[UploadId] = set()
        self._reads = Turns(supervisor, name="read", limit=lambda: PARALLEL_READS, rank=self._rank)
        # Apart from what is read: a picture that is nowhere else must not wait for large files.
        self._makes = Turns(supervisor, name="make", limit=lambda: PARALLEL_MAKES, rank=self._rank)
        self._sends = Turns(
            supervisor,
            name="upload",
            limit=lambda: settings.settings.value.parallel_uploads,
            rank=self._rank,
            lane=lambda upload_id: rows.get(upload_id).profile_id,
            content=lambda upload_id: rows.get(upload_id).content,
            is_held=lambda upload_id: self._hold_of(rows.get(upload_id)) is not None,
        )
        self._all_turns = (self._makes, self._reads, self._sends)
        for value in (traffic.is_paused, traffic.network, traffic.unreachable):
            value.changed.connect(self._on_traffic_changed)
        settings.settings.changed.connect(self._on_settings_changed)

    @property
    def uploads(self) -> ReadOnlyRecords[Upload]:
        """Newest first; older than the newest 500 only what has not ended."""
        return self._rows.records

    @property
    def preflights(self) -> ReadOnlyRecords[Preflight]:
        """What was dropped and is being looked at, or has something to tell."""
        return self._intake.preflights

    def take_in(
        self, paths: Sequence[Path], *, purpose: PurposeRule, links: Sequence[str] = ()
    ) -> PreflightId:
        """Look at files and folders; the good ones become uploads once all were looked at.

        The others, and `links` to what is not on this computer, are told by a preflight. One that
        has nothing to tell goes by itself.
        """
        accept = partial(self._accept, self._profiles.active.value.id)
        return self._intake.start(paths, rule=purpose, links=links, accept=accept)

    def dismiss(self, preflight_id: PreflightId) -> None:
        """Take a preflight off the list; what is still being looked at is not taken in."""
        self._intake.dismiss(preflight_id)

    def add(self, paths: Sequence[Path], *, purpose: Purpose) -> list[UploadId]:
        """Take files in: each gets a row at once, and says there if it can't be sent."""
        added = [self._new(path, purpose) for path in paths]
        self._rows.add(added)
        for upload in added:
            self._inspect_soon(upload.id)
        return [upload.id for upload in added]

    def add_own(self, path: Path) -> UploadId:
        """Take in a song the user made here as a reference: it is theirs, nobody is asked."""
        upload = replace(self._new(path, Purpose.REFERENCE_AUDIO), rights_confirmed_at=utc_now())
        self._rows.add([upload])
        self._inspect_soon(upload.id)
        return upload.id

    def add_made(self, name: str, make: Callable[[], bytes], *, purpose: Purpose) -> UploadId:
        """Take in what is no file yet: `make` gives its bytes, in a worker thread.

        They become a file of the app's own, which is there for as long as the row is.
        """
        upload = self._new(self._made_files.place(name), purpose)
        self._rows.add([upload])
        self._makes.add(upload.id, lambda: self._make(upload.id, make))
        return upload.id

    def add_anew(self, known: Upload) -> UploadId:
        """Upload a file once more for the same profile, whatever became of it before."""
        upload = self._new(known.path, known.purpose, profile_id=known.profile_id)
        self._anew.add(upload.id)
        self._rows.add([upload])
        self._inspect_soon(upload.id)
        return upload.id

    def confirm_rights(self, upload_id: UploadId) -> None:
        """The user may use this recording; the answer is stored with its time.

        It is about the bytes: they are not asked about again, whatever file they are in and
        wherever they go.
        """
        asking = self.uploads.get(upload_id)
        if asking is None or asking.status is not UploadStatus.ASKING:
            return
        now = utc_now()
        for upload in list(self.uploads):
            if upload.status is UploadStatus.ASKING and upload.sha256 == asking.sha256:
                self._rows.put(replace(upload, rights_confirmed_at=now))
                self._send_soon(upload.id, None)

    def cancel(self, upload_id: UploadId) -> None:
        """End what has not ended; its outcome, if it was sent, is not waited for."""
        upload = self.uploads.get(upload_id)
        if upload is None or not upload.status.is_live:
            return
        for turns in self._all_turns:
            turns.drop(upload_id)
        self._rows.put(replace(upload, status=UploadStatus.CANCELED, wait=None, hold=None))
        self._abandon(upload)  # last: a crash in between must not bring it back

    def cancel_all(self) -> None:
        for upload in list(self.uploads):
            self.cancel(upload.id)

    def retry(self, upload_id: UploadId) -> None:
        """Try again: under the same key while the outcome is open, else as a new upload."""
        upload = self.uploads.get(upload_id)
        if upload is None or upload.status.is_live or upload.status is UploadStatus.UPLOADED:
            return
        request = self._outbox.find(upload.idempotency_key)
        is_same = request is not None and self._outbox.keeps_key(request)
        if is_same and not _has_changed(upload):
            self._rows.put(replace(upload, failure=None, sent_bytes=0))
            self._send_soon(upload_id, request)
        else:
            self._abandon(upload)
            self._rows.put(changes.fresh(upload))
            self._inspect_soon(upload_id)

    def retry_all(self) -> None:
        """Try everything again that failed, and what nobody knows the outcome of."""
        for upload in reversed(list(self.uploads)):
            if upload.status in _ENDED_BADLY:
                self.retry(upload.id)

    def move(self, upload_id: UploadId, *, before: UploadId | None) -> None:
        """Let what has not left yet be sent before another one, or after all of them."""
        waiting = {each.id: each.rank for each in self.uploads if each.status in _NOT_SENT_YET}
        for moved, rank in order.moved(waiting, upload_id, before=before).items():
            self._rows.put(replace(self._rows.get(moved), rank=rank))
            for turns in self._all_turns:
                turns.reorder(moved)

    def send_first(self, upload_id: UploadId) -> None:
        """Let what has not left yet be sent before everything else that waits."""
        waiting = [each for each in self.uploads if each.status in _NOT_SENT_YET]
        if waiting:
            self.move(upload_id, before=min(waiting, key=lambda each: each.rank).id)

    def remove(self, upload_id: UploadId) -> None:
        """Clear a row away that is not moving; what it became stays in the library."""
        upload = self.uploads.get(upload_id)
        if upload is not None and not upload.status.is_live:
            self._rows.clear(upload)
            self._discard(upload)

    def forget(self, content: Content) -> None:
        """Delete all that is known of a content; the service keeps its artifact."""
        gone = [each for each in self.uploads if each.content == content]
        for upload in gone:
            self.cancel(upload.id)
        self._rows.forget(content)
        for upload in gone:
            self._discard(upload)

    def resume(self) -> None:
        """Go on with what an earlier run left: same files, same keys."""
        for request in self._outbox.open_requests():
            if request.kind is RequestKind.UPLOAD:
                self._close(request)
        for upload in list(self.uploads):
            if any(upload.id in turns for turns in self._all_turns):
                continue
            if upload.status is UploadStatus.INSPECTING:
                self._inspect_soon(upload.id)
            elif upload.status in (UploadStatus.WAITING, UploadStatus.SENDING):
                self._rows.show(upload.id, sent_bytes=0)
                self._send_soon(upload.id, self._outbox.find(upload.idempotency_key))
        self._supervisor.start(self._discard_lost(), name="lost files")

    async def _discard_lost(self) -> None:
        """Delete what was made for uploads that a crash kept from being stored, or took.

        They are known by their own names: those of the folders above may have changed.
        """
        lost = {each.name: each for each in await asyncio.to_thread(self._made_files.folders)}
        for upload in self.uploads:
            lost.pop(upload.path.parent.name, None)
        try:
            stored = await asyncio.to_thread(self._rows.in_paths, lost)
        except StorageError:
            return  # which the database tells of
        unknown = [folder for name, folder in lost.items() if name not in stored]
        await asyncio.to_thread(self._made_files.discard_folders, unknown)

    def _close(self, request: Request) -> None:
        """Close what an earlier run left open, where it ended between two commits."""
        upload = self.uploads.get(request.owner_id)
        is_owned = upload is not None and upload.idempotency_key == request.key
        if upload is None or not is_owned or upload.status is UploadStatus.CANCELED:
            self._outbox.abandon(request)
        elif upload.status is UploadStatus.UPLOADED:
            self._outbox.settle_unknown(request, created=True)

    def _on_settings_changed(self, _: Settings) -> None:
        self._sends.review()

    def _on_traffic_changed(self, _: object) -> None:
        """What waits for its turn says so too when nothing may leave."""
        for upload in list(self.uploads):
            hold = self._hold_of(upload)
            if upload.status is UploadStatus.WAITING and upload.hold is not hold:
                self._rows.show(upload.id, hold=hold)
        self._sends.review()

    def _hold_of(self, upload: Upload) -> Hold | None:
        return self._traffic.hold_of(upload.profile_id)

    def _rank(self, upload_id: UploadId) -> float:
        return self._rows.get(upload_id).rank

    def _new(self, path: Path, purpose: Purpose, *, profile_id: ProfileId | None = None) -> Upload:
        owner = profile_id or self._profiles.active.value.id
        return changes.begun(path, purpose, profile_id=owner, rank=self._rows.new_rank())

    async def _accept(self, profile_id: ProfileId, looked: Sequence[Looked]) -> None:
        """Give good files their rows: the last ones first, because each batch goes on top."""
        added = [self._seen(each, profile_id) for each in looked]
        for start in range(len(added) // ADDED_AT_ONCE * ADDED_AT_ONCE, -1, -ADDED_AT_ONCE):
            self._rows.add(added[start : start + ADDED_AT_ONCE])
            await asyncio.sleep(0)
        for upload in added:
            if upload.id in self.uploads:
                self._inspect_soon(upload.id)

    def _seen(self, looked: Looked, profile_id: ProfileId) -> Upload:
        return changes.seen(self._new(looked.path, looked.purpose, profile_id=profile_id), looked)

    def _inspect_soon(self, upload_id: UploadId) -> None:
        self._reads.add(upload_id, lambda: self._inspect(upload_id))

    def _send_soon(self, upload_id: UploadId, request: Request | None) -> None:
        upload = self._rows.get(upload_id)
        self._rows.put(replace(upload, status=UploadStatus.WAITING, hold=self._hold_of(upload)))
        self._sends.add(upload_id, lambda: self._send(upload_id, request))

    def _discard(self, upload: Upload) -> None:
        is_needed = any(each.path == upload.path for each in self.uploads if each.id != upload.id)
        if self._made_files.holds(upload.path) and not is_needed:
            work = asyncio.to_thread(self._made_files.discard, upload.path)
            self._supervisor.start(work, name=f"discard {upload.id}")

    def _abandon(self, upload: Upload) -> None:
        request = self._outbox.find(upload.idempotency_key)
        if request is not None:
            self._outbox.give_up(request)

    async def _make(self, upload_id: UploadId, make: Callable[[], bytes]) -> None:
        upload = self._rows.get(upload_id)
        try:
            await asyncio.to_thread(lambda: self._made_files.write(upload.path, make()))
        except OSError as error:
            self._sending.fail(upload_id, failures.from_disk(error, subject=upload.name))
        else:
            self._inspect_soon(upload_id)

    async def _inspect(self, upload_id: UploadId) -> None:
        before = self._rows.get(upload_id)
        found = await self._hashing.hashed(upload_id)
        if isinstance(found, Failure):
            self._sending.fail(upload_id, found)
            return
        is_same = before.sha256 in (None, found.sha256)
        told = before.rights_confirmed_at if is_same else None
        confirmed_at = told or self._rows.rights_of(found.sha256 or "")
        self._rows.show(upload_id, rights_confirmed_at=confirmed_at)
        if await self._reuse(found):
            return
        if found.purpose is Purpose.REFERENCE_AUDIO and confirmed_at is None:
            self._rows.put(replace(self._rows.get(upload_id), status=UploadStatus.ASKING))
        else:
            self._send_soon(upload_id, None)

    async def _send(self, upload_id: UploadId, request: Request | None) -> None:
        """Send, unless the same bytes were sent while this upload waited."""
        if request is not None or not await self._reuse(self._rows.get(upload_id)):
            await self._sending.deliver(upload_id, request)
            self._anew.discard(upload_id)

    async def _reuse(self, upload: Upload) -> bool:
        """Take over an artifact of the same bytes, if there is one that can be used."""
        known = None if upload.id in self._anew else self._rows.artifact_of(upload.content)
        if known is None:
            return False
        if not await self._links.is_trusted(known):
            self._rows.mark_gone(self._rows.with_artifact(known.artifact_id or ""), utc_now())
            return False
        self._rows.put(changes.reusing(self._rows.get(upload.id), known))
        return True


def _has_changed(upload: Upload) -> bool:
    """A changed file gives other bytes, so it is looked at anew."""
    return upload.failure is not None and upload.failure.code is FailureCode.FILE_CHANGED
