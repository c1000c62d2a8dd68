"""What one look at a service tells."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.domain.catalog import Feature, Label
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.profiles import BUILT_IN, ConnectionPhase
from beatra_desktop.services.connectivity import Finding, examine

pytestmark = pytest.mark.asyncio

MODELS = {"data": [{"id": "qwen-max"}, {"id": "suno-5.5"}]}
RICH = {
    "data": [
        {
            "id": "suno-5.5",
            "name": "Suno",
            "status": "preview",
            "capabilities": ["text_to_music"],
            "modalities": {"input": ["text", "audio"], "output": ["audio"]},
            "pricing": {"unit": "task", "unit_credits": "80.0000"},
            "limits": {"clips_per_task": 2},
        }
    ]
}
CAPABILITIES = {"data": [{"id": "text_to_music", "status": "available"}, {"id": "new_thing"}]}


@pytest_asyncio.fixture
async def look(open_stub: Any) -> AsyncIterator[Callable[..., Any]]:
    """`look(handler, profile=…)`: what `examine` finds on such a service."""

    async def looked(handler: Any, *, is_beatra: bool = False) -> Finding:
        async with open_stub(handler) as stub:
            client = BeatraClient(
                stub.base_url, api_key=lambda: None, ssl_context=create_ssl_context()
            )
            async with client:
                return await examine(client, BUILT_IN[1] if is_beatra else stub.profile)

    yield looked


async def test_a_full_catalogue(look: Any, say: Any) -> None:
    answers = {"/v1/models": MODELS, "/v1/catalog/models": RICH}

    async def answer(heard: Any) -> Any:
        return say(200, answers.get(heard.path, CAPABILITIES))

    found = await look(answer)
    assert found.phase is ConnectionPhase.READY
    catalog = found.catalog
    assert [model.id for model in catalog.chat_models] == ["qwen-max"]
    [music] = catalog.music_models
    assert (music.name, music.label, music.unit_credits) == ("Suno", Label.PREVIEW, "80.0000")
    assert (music.clips_per_task, music.unit) == (2, "task")
    assert (music.takes, music.makes) == (("text", "audio"), ("audio",))
    assert found.is_whole
    assert catalog.offers_music
    assert catalog.offers_uploads
    assert catalog.labels[Feature.TEXT_TO_MUSIC] is Label.AVAILABLE
    assert catalog.labels[Feature.VIDEO] is Label.PLANNED


@pytest.mark.parametrize("is_beatra", [True, False])
async def test_without_a_catalogue_only_beatra_is_known_to_make_music(
    look: Any, say: Any, is_beatra: bool
) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, MODELS) if heard.path == "/v1/models" else None

    found = await look(answer, is_beatra=is_beatra)
    assert found.phase is ConnectionPhase.READY
    assert [model.id for model in found.catalog.models] == ["qwen-max", "suno-5.5"]
    assert found.catalog.offers_music is is_beatra
    assert found.catalog.offers_uploads is is_beatra
    labels = found.catalog.labels
    assert labels[Feature.CHAT] is Label.AVAILABLE
    expected = (Label.PREVIEW, Label.PREVIEW) if is_beatra else (Label.AVAILABLE, Label.NOT_OFFERED)
    assert (labels[Feature.MODELS], labels[Feature.UPLOADS]) == expected


@pytest.mark.parametrize(
    ("status", "is_whole"), [(404, True), (403, True), (405, True), (500, False), (429, False)]
)
async def test_a_catalogue_that_is_not_there_differs_from_one_that_fails(
    status: int, is_whole: bool, look: Any, say: Any
) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, MODELS) if heard.path == "/v1/models" else say(status)

    found = await look(answer)
    assert found.phase is ConnectionPhase.READY
    assert found.is_whole is is_whole


async def test_bare_arrays_of_ids_are_enough(look: Any, say: Any) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, ["odd", {"id": "a"}, {"name": "no id"}] if "models" in heard.path else {})

    found = await look(answer)
    assert [(model.id, model.name) for model in found.catalog.models] == [("a", "a")]
    assert found.is_whole


@pytest.mark.parametrize(
    ("status", "phase", "code"),
    [
        (401, ConnectionPhase.BAD_KEY, FailureCode.INVALID_KEY),
        (403, ConnectionPhase.BAD_KEY, FailureCode.FORBIDDEN),
        (404, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
        (405, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
        (501, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
        (302, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
        (500, ConnectionPhase.UNREACHABLE, FailureCode.SERVICE_ERROR),
    ],
)
async def test_what_went_wrong_is_told(
    status: int, phase: ConnectionPhase, code: FailureCode, look: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(status)

    found = await look(answer)
    assert found.phase is phase
    assert found.failure is not None
    assert found.failure.code is code


@pytest.mark.parametrize(
    ("status", "phase", "code"),
    [
        (400, ConnectionPhase.READY, None),
        (422, ConnectionPhase.READY, None),
        (500, ConnectionPhase.READY, None),
        (401, ConnectionPhase.BAD_KEY, FailureCode.INVALID_KEY),
        (404, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
        (503, ConnectionPhase.UNREACHABLE, FailureCode.SERVICE_ERROR),
    ],
)
@pytest.mark.parametrize("missing", [404, 405, 501])
async def test_without_a_model_list_chat_itself_is_asked_for(
    missing: int, status: int, phase: ConnectionPhase, code: FailureCode | None,
    look: Any, say: Any,
) -> None:  # fmt: skip
    asked: list[bytes] = []

    async def answer(heard: Any) -> Any:
        if heard.method == "GET":
            return say(missing)
        asked.append(heard.body)
        return say(status if heard.path == "/v1/chat/completions" else 404)

    found = await look(answer)
    assert found.phase is phase
    assert (found.failure.code if found.failure else None) is code
    assert found.catalog.models == ()
    assert asked == [b"{}"]
    if phase is ConnectionPhase.READY:
        assert found.catalog.labels[Feature.MODELS] is Label.NOT_OFFERED


async def test_beatra_is_never_probed_with_a_request_that_could_cost(look: Any, say: Any) -> None:
    methods: set[str] = set()

    async def answer(heard: Any) -> Any:
        methods.add(heard.method)
        return say(404)

    found = await look(answer, is_beatra=True)
    assert found.failure.code is FailureCode.NOT_A_SERVICE
    assert methods == {"GET"}


OTHERS: dict[str, Any] = {
    "a bare array": [{"id": "m", "created": "yesterday", "owned_by": {"name": "x"}}],
    "unknown fields": {
        "object": "list",
        "models": [{"name": "m", "capabilities": ["completion"]}],
        "data": [{"id": "m", "meta": {"n_ctx": 4096}, "status": {"value": "loaded"}}],
        "first_id": None,
    },
    "odd types": {
        "data": [
            {"id": "m", "capabilities": {"chat": True}, "pricing": {"prompt": 1}, "limits": 7},
            {"name": "has no id"},
            "m2",
        ]
    },
}


@pytest.mark.parametrize("models", OTHERS.values(), ids=OTHERS.keys())
async def test_model_lists_of_others(models: Any, look: Any, say: Any) -> None:
    async def answer(heard: Any) -> Any:
        unknown = {"error": f"Unexpected endpoint or method. ({heard.method} {heard.path})"}
        return say(200, models if heard.path == "/v1/models" else unknown)

    found = await look(answer)
    assert found.phase is ConnectionPhase.READY
    assert [model.id for model in found.catalog.chat_models] == ["m"]
    assert not found.catalog.offers_music
    assert not found.catalog.offers_uploads


async def test_a_service_without_any_model_yet_is_ready(look: Any, say: Any) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, {"object": "list", "data": None}) if heard.path == "/v1/models" else None

    found = await look(answer)
    assert found.phase is ConnectionPhase.READY
    assert found.catalog.models == ()
