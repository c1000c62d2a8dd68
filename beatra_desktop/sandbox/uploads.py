"""Single-shot uploads (contract §3.9)."""

import mimetypes
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from beatra_desktop.sandbox.artifacts import Artifact, public_form
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.idempotency import Answer, Claim, fingerprint
from beatra_desktop.sandbox.multipart import Form, receive_form
from beatra_desktop.sandbox.replies import encode
from beatra_desktop.sandbox.visits import visit_of
from beatra_desktop.sandbox.world import World

UNTOLD_TYPES: Final = ("", "application/octet-stream")
MEDIA_TYPES: Final = ("audio", "image", "video", "file")
DEFAULT_PURPOSE: Final = "media_input"


class UploadEndpoint:
    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, request: Request) -> Response:
        path = self._world.artifacts.incoming()
        try:
            form = await receive_form(request, path)
            visit_of(request).details["file_sha256"] = form.sha256
            answer = await self._answer(request, form, path)
        finally:
            path.unlink(missing_ok=True)
        return Response(answer.body, answer.status, media_type=answer.content_type)

    async def _answer(self, request: Request, form: Form, path: Path) -> Answer:
        same = fingerprint(request.url.path, [form.filename, form.sha256, form.fields])
        claim = await self._world.ledger.claim(request, same)
        if isinstance(claim, Answer):
            return claim
        try:
            answer, artifact = self._accept(form, path, claim)
        finally:
            claim.release()
        visit_of(request).details["artifact_id"] = artifact.artifact_id
        return answer

    def _accept(self, form: Form, path: Path, claim: Claim) -> tuple[Answer, Artifact]:
        checked = _checked(form)
        with self._world.database.transaction():
            artifact = self._world.artifacts.adopt(path, sha256=form.sha256, **checked)
            document = public_form(artifact, url=self._world.link(artifact))
            answer = Answer(201, encode(document))
            claim.keep(answer)
        return answer, artifact


def _checked(form: Form) -> dict[str, Any]:
    mime_type = _mime_type(form)
    purpose = form.fields.get("purpose") or DEFAULT_PURPOSE
    media_type = form.fields.get("media_type") or None
    if media_type is not None and media_type not in MEDIA_TYPES:
        message = f"media_type is one of {', '.join(MEDIA_TYPES)}."
        raise ApiError("invalid_request", message, param="/media_type")
    if purpose == "reference_audio" and not mime_type.startswith("audio/"):
        message = f"Reference audio must be an audio file; this one is {mime_type}."
        raise ApiError("invalid_request", message, param="/file")
    return {
        "filename": form.filename,
        "mime_type": mime_type,
        "purpose": purpose,
        "media_type": media_type,
        "metadata": _metadata(form.fields.get("metadata") or "{}"),
    }


def _mime_type(form: Form) -> str:
    if form.mime_type not in UNTOLD_TYPES:
        return form.mime_type
    return mimetypes.guess_type(form.filename)[0] or "application/octet-stream"


def _metadata(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = "metadata must be a JSON object, written as a string."
        raise ApiError("invalid_request", message, param="/metadata") from error
