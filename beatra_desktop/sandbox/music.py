"""The two music routes (contract §3.5)."""

from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from beatra_desktop.sandbox.bodies import read_json
from beatra_desktop.sandbox.catalog import REFERENCE_TO_MUSIC, TEXT_TO_MUSIC, MusicModel
from beatra_desktop.sandbox.envelopes import envelope
from beatra_desktop.sandbox.errors import ApiError, JsonObject
from beatra_desktop.sandbox.idempotency import Answer, Claim, fingerprint
from beatra_desktop.sandbox.ids import new_id
from beatra_desktop.sandbox.music_request import MusicRequest, read_music_request
from beatra_desktop.sandbox.music_rules import Case, choose_model
from beatra_desktop.sandbox.references import resolve_reference
from beatra_desktop.sandbox.replies import encode
from beatra_desktop.sandbox.tasks import Task
from beatra_desktop.sandbox.visits import visit_of
from beatra_desktop.sandbox.wallet import credits_text
from beatra_desktop.sandbox.world import World


class MusicEndpoint:
    """One route; `with_reference` tells which."""

    def __init__(self, world: World, *, with_reference: bool) -> None:
        self._world = world
        self._with_reference = with_reference

    async def __call__(self, request: Request) -> Response:
        document = await read_json(request)
        claim = await self._world.ledger.claim(request, fingerprint(request.url.path, document))
        if isinstance(claim, Answer):
            return Response(claim.body, claim.status, media_type=claim.content_type)
        try:
            task = await self._prepared(document)
            answer = self._accept(task, claim)
        finally:
            claim.release()
        self._world.runner.start(task)
        visit_of(request).details["task_id"] = task.task_id
        return Response(answer.body, answer.status, media_type=answer.content_type)

    async def _prepared(self, document: JsonObject) -> Task:
        strict = self._world.settings.strict
        asked = read_music_request(document, with_reference=self._with_reference, strict=strict)
        model = choose_model(Case(asked, self._with_reference, strict))
        self._check_balance(model)
        task = self._task(asked, model, document)
        if asked.reference_audio is None:
            return task
        reference = await resolve_reference(asked.reference_audio, model, self._world)
        return _with_reference(task, reference.artifact_id)

    def _accept(self, task: Task, claim: Claim) -> Answer:
        """Charge, store the task and keep the answer as one step: all or nothing."""
        with self._world.database.transaction():
            self._world.tasks.create(task)
            answer = Answer(202, encode(envelope(task, self._world)))
            claim.keep(answer)
        return answer

    def _check_balance(self, model: MusicModel) -> None:
        wallet = self._world.wallet
        if not wallet.can_pay(model.price):
            raise ApiError(
                "insufficient_balance",
                f"Your balance of {credits_text(wallet.balance)} credits is too low: this task"
                f" costs {credits_text(model.price)}. Nothing was charged. Top up at"
                f" {self._world.origin}/topup, then send the same request again.",
            )

    def _task(self, asked: MusicRequest, model: MusicModel, document: JsonObject) -> Task:
        return Task(
            task_id=new_id("tsk"),
            capability=REFERENCE_TO_MUSIC if self._with_reference else TEXT_TO_MUSIC,
            model=asked.model,
            resolved_model=model.model_id,
            input=_admitted(document),
            created_at=self._world.clock.now(),
            charged=model.price,
            clip_count=model.clip_count,
            metadata=asked.metadata or {},
            warnings=_warnings(asked),
        )


def _with_reference(task: Task, artifact_id: str) -> Task:
    """Point the task at the stored recording instead of an address or megabytes of base64."""
    admitted = {"type": "artifact", "artifact_id": artifact_id}
    return replace(
        task, reference_id=artifact_id, input={**task.input, "reference_audio": admitted}
    )


def _admitted(document: JsonObject) -> dict[str, Any]:
    left_out = ("metadata", "callback_url", "callback_signing_key_id")
    return {name: value for name, value in document.items() if name not in left_out}


def _warnings(asked: MusicRequest) -> list[dict[str, Any]]:
    warnings = []
    if asked.callback_url is not None:
        message = "Callbacks are planned, not active: poll the task."
        warnings.append(_warning("callback_not_active", message, "/callback_url"))
    if asked.instrumental and asked.has_lyrics:
        message = "The song is instrumental: its lyrics are not sung."
        warnings.append(_warning("lyrics_not_used", message, "/lyrics"))
    return warnings


def _warning(code: str, message: str, field: str) -> dict[str, Any]:
    return {"code": code, "message": message, "field": field}
