"""One upload on its way to the service (contract §3.9)."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.types import Answer, Artifact
from beatra_desktop.api.uploads import UploadForm
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import UploadId, new_id
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Request, RequestKind
from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.pace import Pace
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.uploading.rows import UploadRows

UPLOAD_PATH: Final = "/uploads"


class Sending:
    """Takes uploads through the outbox and tells their rows how it goes."""

    def __init__(
        self, *, rows: UploadRows, outbox: Outbox, clients: Clients, profiles: ProfilesService
    ) -> None:
        self._rows = rows
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles

    async def deliver(self, upload_id: UploadId, request: Request | None) -> None:
        """Send a file, or again under the key of `request`; its row says what came of it."""
        upload = self._rows.get(upload_id)
        try:
            client = await self._clients.get(self._profiles.required(upload.profile_id))
            request = request or self._write(upload)
            sending = replace(
                upload, status=UploadStatus.SENDING, idempotency_key=request.key, hold=None
            )
            self._rows.put(sending)
            answer = await self._outbox.send(
                request,
                self._sender(client, upload),
                on_wait=lambda wait: self._rows.show(upload_id, wait=wait),
                on_hold=lambda hold: self._rows.show(upload_id, hold=hold, **_at_rest(hold)),
            )
        except failures.EXPECTED as error:
            self.fail(upload_id, _refused(failures.of(error, subject=upload.name)))
        else:
            # Settled after that: a crash in between must not leave a row without its artifact.
            self._finish(upload_id, answer)
            self._outbox.settle(request, answer)

    def fail(self, upload_id: UploadId, failure: Failure) -> None:
        status = UploadStatus.FAILED
        if failure.code is FailureCode.OUTCOME_UNKNOWN:
            status = UploadStatus.UNKNOWN
        failed = replace(
            self._rows.get(upload_id), status=status, failure=failure, wait=None, hold=None
        )
        self._rows.put(failed)

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

    def _sender(
        self, client: BeatraClient, upload: Upload
    ) -> Callable[[Request], Awaitable[Answer[Artifact]]]:
        pace = Pace()

        def show_progress(sent_bytes: int) -> None:
            if pace.is_news(sent_bytes) or sent_bytes == upload.size:
                speed = pace.bytes_per_second
                self._rows.show(upload.id, sent_bytes=sent_bytes, bytes_per_second=speed)

        def send(attempt: Request) -> Awaitable[Answer[Artifact]]:
            self._rows.show(upload.id, sent_bytes=0, wait=None)
            return client.uploads.create(
                _form(upload, attempt), idempotency_key=attempt.key, on_progress=show_progress
            )

        return send

    def _finish(self, upload_id: UploadId, answer: Answer[Artifact]) -> None:
        upload = self._rows.get(upload_id)
        self._rows.put(
            replace(
                upload,
                status=UploadStatus.UPLOADED,
                sent_bytes=upload.size,
                artifact_id=answer.value.artifact_id,
                url=answer.value.link,
                request_id=answer.request_id,
                uploaded_at=utc_now(),
                gone_at=None,
                failure=None,
                wait=None,
                hold=None,
            )
        )


def _at_rest(hold: Hold | None) -> dict[str, object]:
    """What is held back is not on its way: it waits under its key."""
    if hold is None:
        return {"status": UploadStatus.SENDING}
    return {"status": UploadStatus.WAITING, "sent_bytes": 0, "bytes_per_second": None}


def _refused(failure: Failure) -> Failure:
    """A service that has no place for uploads offers none: no file of its is missing."""
    not_there = failure.status in failures.NOT_THERE
    return replace(failure, code=FailureCode.NOT_OFFERED) if not_there else failure


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
