"""Uploads: files in, artifacts out, the same bytes never twice."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.types import Answer, Artifact
from beatra_desktop.api.uploads import UploadForm
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import UploadId, new_id
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.requests import Hold, Request, RequestKind
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import failures, inspection
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.made_files import MadeFiles
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.pace import Pace
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.uploads import UploadRepository

UPLOAD_PATH: Final = "/uploads"


class UploadService:
    """The single writer of uploads."""

    def __init__(
        self,
        *,
        repository: UploadRepository,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
        made_files: MadeFiles,
    ) -> None:
        self._repository = repository
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles
        self._settings = settings
        self._supervisor = supervisor
        self._made_files = made_files
        self._uploads: Records[Upload] = Records(repository.list())
        self._running: dict[str, asyncio.Task[None]] = {}
        self._canceled: set[str] = set()
        self._sending = 0
        self._free = asyncio.Condition()
        self._contents: dict[tuple[str, str | None, Purpose], asyncio.Lock] = {}

    @property
    def uploads(self) -> ReadOnlyRecords[Upload]:
        return self._uploads

    def add(self, paths: Sequence[Path], *, purpose: Purpose) -> list[UploadId]:
        """Take files in: each gets a row at once, and says there if it can't be sent."""
        added = [self._put_new(path, purpose) for path in paths]
        for upload_id in added:
            self._inspect_soon(upload_id)
        return added

    def add_made(self, name: str, make: Callable[[], bytes], *, purpose: Purpose) -> UploadId:
        """Take in what is no file yet: `make` gives its bytes, in a worker thread.

        They become a file of the app's own, which is there for as long as the row is.
        """
        upload_id = self._put_new(self._made_files.place(name), purpose)
        self._run(upload_id, self._make(upload_id, make))
        return upload_id

    def confirm_rights(self, upload_id: UploadId) -> None:
        """The user may use this recording; the answer is stored with its time."""
        upload = self._uploads.get(upload_id)
        if upload is not None and upload.status is UploadStatus.ASKING:
            self._put(replace(upload, status=UploadStatus.WAITING, rights_confirmed_at=utc_now()))
            self._start(upload_id, None)

    def cancel(self, upload_id: UploadId) -> None:
        upload = self._uploads.get(upload_id)
        if upload is None or not upload.status.is_live:
            return
        running = self._running.get(upload_id)
        if running is None:
            self._give_up(upload)
        elif upload_id not in self._canceled:
            self._canceled.add(upload_id)
            running.cancel()

    def retry(self, upload_id: UploadId) -> None:
        """Try again: under the same key while the outcome is open, else as a new upload."""
        upload = self._uploads.get(upload_id)
        if upload is None or upload.status.is_live or upload.status is UploadStatus.UPLOADED:
            return
        request = self._outbox.find(upload.idempotency_key)
        if request is not None and _can_be_sent_again(upload, request):
            self._put(replace(upload, status=UploadStatus.WAITING, failure=None, sent_bytes=0))
            self._start(upload_id, request)
        else:
            if request is not None and request.state.is_open:
                self._outbox.abandon(request)
            self._put(_fresh(upload))
            self._inspect_soon(upload_id)

    def remove(self, upload_id: UploadId) -> None:
        """Forget a row that is not moving; the artifact stays at the service."""
        upload = self._uploads.get(upload_id)
        if upload is not None and not upload.status.is_live:
            self._uploads.remove(upload_id)
            self._repository.delete(upload_id)
            if self._made_files.holds(upload.path):
                work = asyncio.to_thread(self._made_files.discard, upload.path)
                self._supervisor.start(work, name=f"discard {upload_id}")

    def resume(self) -> None:
        """Go on with what an earlier run left: same files, same keys."""
        for upload in [upload for upload in self._uploads if upload.id not in self._running]:
            if upload.status is UploadStatus.INSPECTING:
                self._inspect_soon(upload.id)
            elif upload.status in (UploadStatus.WAITING, UploadStatus.SENDING):
                self._put(replace(upload, status=UploadStatus.WAITING, sent_bytes=0))
                self._start(upload.id, self._outbox.find(upload.idempotency_key))

    def _put_new(self, path: Path, purpose: Purpose) -> UploadId:
        upload = Upload(
            id=UploadId(new_id()),
            profile_id=self._profiles.active.value.id,
            path=path,
            # A name the database keeps as it is, so that a resend has the same bytes.
            name=path.name.encode(errors="replace").decode(),
            purpose=purpose,
            mime_type=inspection.UNKNOWN_TYPE,
            size=0,
            modified_ns=0,
            status=UploadStatus.INSPECTING,
            created_at=utc_now(),
        )
        self._uploads.insert(0, upload)
        self._repository.save(upload)
        return upload.id

    def _inspect_soon(self, upload_id: UploadId) -> None:
        self._run(upload_id, self._inspect(upload_id))

    def _start(self, upload_id: UploadId, request: Request | None) -> None:
        self._run(upload_id, self._send(upload_id, request))

    def _run(self, upload_id: UploadId, work: Coroutine[Any, Any, None]) -> None:
        running = self._supervisor.start(work, name=f"upload {upload_id}")
        self._running[upload_id] = running
        running.add_done_callback(lambda _: self._on_done(upload_id, running))

    def _on_done(self, upload_id: UploadId, running: "asyncio.Task[None]") -> None:
        if self._running.get(upload_id) is running:
            del self._running[upload_id]
        if upload_id in self._canceled:
            self._canceled.discard(upload_id)
            self._give_up(self._get(upload_id))

    def _give_up(self, upload: Upload) -> None:
        request = self._outbox.find(upload.idempotency_key)
        if request is not None and request.state.is_open:
            self._outbox.abandon(request)
        self._put(replace(upload, status=UploadStatus.CANCELED, wait=None))

    def _get(self, upload_id: UploadId) -> Upload:
        return self._uploads[self._uploads.row(upload_id)]

    def _put(self, upload: Upload) -> Upload:
        self._uploads.replace(upload)
        self._repository.save(upload)
        return upload

    def _fail(self, upload_id: UploadId, failure: Failure) -> None:
        status = UploadStatus.FAILED
        if failure.code is FailureCode.OUTCOME_UNKNOWN:
            status = UploadStatus.UNKNOWN
        self._put(replace(self._get(upload_id), status=status, failure=failure, wait=None))

    async def _make(self, upload_id: UploadId, make: Callable[[], bytes]) -> None:
        upload = self._get(upload_id)
        try:
            await asyncio.to_thread(lambda: self._made_files.write(upload.path, make()))
        except OSError as error:
            self._fail(upload_id, failures.from_disk(error, subject=upload.name))
        else:
            await self._inspect(upload_id)

    async def _inspect(self, upload_id: UploadId) -> None:
        upload = self._get(upload_id)
        found = await asyncio.to_thread(inspection.inspect, upload.path, upload.purpose)
        if found.failure is not None:
            self._fail(upload_id, found.failure)
            return
        is_same = found.sha256 == upload.sha256
        upload = self._put(
            replace(
                self._get(upload_id),
                size=found.size,
                modified_ns=found.modified_ns,
                mime_type=found.mime_type,
                sha256=found.sha256,
                rights_confirmed_at=upload.rights_confirmed_at if is_same else None,
            )
        )
        await self._decide(upload)

    async def _decide(self, upload: Upload) -> None:
        """Reuse an artifact of the same bytes, ask for the rights, or send."""
        known = self._known(upload)
        if known is not None:
            self._put(_reusing(upload, known))
        elif upload.purpose is Purpose.REFERENCE_AUDIO and upload.rights_confirmed_at is None:
            self._put(replace(upload, status=UploadStatus.ASKING))
        else:
            self._put(replace(upload, status=UploadStatus.WAITING))
            await self._send(upload.id, None)

    def _known(self, upload: Upload) -> Upload | None:
        """An upload of the same bytes that became an artifact, in this run or an earlier one."""
        key = _content(upload)
        ended = (other for other in self._uploads if other.artifact_id is not None)
        here = next((other for other in ended if _content(other) == key), None)
        return here or self._repository.find_artifact(
            upload.profile_id, upload.sha256 or "", upload.purpose
        )

    async def _send(self, upload_id: UploadId, request: Request | None) -> None:
        """Send unless the same bytes are on their way: then wait what becomes of those."""
        upload = self._get(upload_id)
        async with self._contents.setdefault(_content(upload), asyncio.Lock()):
            known = self._known(upload) if request is None else None
            if known is not None:
                self._put(_reusing(upload, known))
            else:
                await self._send_alone(upload_id, request)

    async def _send_alone(self, upload_id: UploadId, request: Request | None) -> None:
        async with self._free:
            await self._free.wait_for(
                lambda: self._sending < self._settings.settings.value.parallel_uploads
            )
            self._sending += 1
        try:
            await self._deliver(upload_id, request)
        finally:
            self._sending -= 1
            async with self._free:
                self._free.notify_all()

    async def _deliver(self, upload_id: UploadId, request: Request | None) -> None:
        upload = self._get(upload_id)
        try:
            client = await self._clients.get(self._profiles.required(upload.profile_id))
            request = request or self._write(upload)
            self._put(replace(upload, status=UploadStatus.SENDING, idempotency_key=request.key))
            answer = await self._outbox.deliver(
                request,
                self._sender(client, upload),
                on_wait=lambda wait: self._show(upload_id, wait=wait),
                on_hold=lambda hold: self._show(upload_id, hold=hold, **_at_rest(hold)),
            )
        except failures.EXPECTED as error:
            self._fail(upload_id, _refused(failures.of(error, subject=upload.name)))
        else:
            self._finish(upload_id, answer)

    def _sender(
        self, client: BeatraClient, upload: Upload
    ) -> Callable[[Request], Awaitable[Answer[Artifact]]]:
        pace = Pace()

        def show_progress(sent_bytes: int) -> None:
            if pace.is_news(sent_bytes):
                speed = pace.bytes_per_second
                self._show(upload.id, sent_bytes=sent_bytes, bytes_per_second=speed)

        def send(attempt: Request) -> Awaitable[Answer[Artifact]]:
            self._show(upload.id, sent_bytes=0, wait=None)
            form = _form(upload, attempt)
            return client.uploads.create(
                form, idempotency_key=attempt.key, on_progress=show_progress
            )

        return send

    def _write(self, upload: Upload) -> Request:
        description = {
            "size": upload.size,
            "modified_ns": upload.modified_ns,
            "sha256": upload.sha256,
            "mime_type": upload.mime_type,
            "purpose": upload.purpose.value,
            "boundary": new_id(),
        }
        return self._outbox.write(
            kind=RequestKind.UPLOAD,
            profile_id=upload.profile_id,
            owner_id=upload.id,
            path=UPLOAD_PATH,
            body=msgspec.json.encode(description),
        )

    def _finish(self, upload_id: UploadId, answer: Answer[Artifact]) -> None:
        upload = self._get(upload_id)
        self._put(
            replace(
                upload,
                status=UploadStatus.UPLOADED,
                sent_bytes=upload.size,
                artifact_id=answer.value.artifact_id,
                url=answer.value.link,
                request_id=answer.request_id,
                uploaded_at=utc_now(),
                failure=None,
                wait=None,
            )
        )

    def _show(self, upload_id: UploadId, **fields: object) -> None:
        """Change what is only shown, not stored."""
        upload = self._get(upload_id)
        self._uploads.replace(replace(upload, **fields))  # type: ignore[arg-type]  # checked by replace


def _at_rest(hold: Hold | None) -> dict[str, object]:
    """What is held back is not on its way: it waits under its key."""
    if hold is None:
        return {"status": UploadStatus.SENDING}
    return {"status": UploadStatus.WAITING, "sent_bytes": 0, "bytes_per_second": None}


def _refused(failure: Failure) -> Failure:
    """A service that has no place for uploads offers none: no file of its is missing."""
    not_there = failure.status in failures.NOT_THERE
    return replace(failure, code=FailureCode.NOT_OFFERED) if not_there else failure


def _content(upload: Upload) -> tuple[str, str | None, Purpose]:
    """What must be equal for two uploads to give the same artifact."""
    return upload.profile_id, upload.sha256, upload.purpose


def _can_be_sent_again(upload: Upload, request: Request) -> bool:
    """A changed file gives other bytes, so it is looked at anew."""
    changed = upload.failure is not None and upload.failure.code is FailureCode.FILE_CHANGED
    return request.keeps_key(utc_now()) and not changed


def _fresh(upload: Upload) -> Upload:
    return replace(
        upload,
        status=UploadStatus.INSPECTING,
        failure=None,
        sent_bytes=0,
        idempotency_key=None,
        request_id=None,
    )


def _reusing(upload: Upload, known: Upload) -> Upload:
    return replace(
        upload,
        status=UploadStatus.UPLOADED,
        reused=True,
        sent_bytes=upload.size,
        artifact_id=known.artifact_id,
        url=known.url,
        request_id=known.request_id,
        uploaded_at=known.uploaded_at,
        rights_confirmed_at=known.rights_confirmed_at,
    )


def _form(upload: Upload, request: Request) -> UploadForm:
    """The multipart body as it was when the request was written."""
    described = msgspec.json.decode(request.body)
    return UploadForm(
        source=upload.path,
        filename=upload.name,
        mime_type=described["mime_type"],
        size=described["size"],
        modified_ns=described["modified_ns"],
        boundary=described["boundary"],
        purpose=described["purpose"],
    )
