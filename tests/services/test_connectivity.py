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
            "pricing": {"unit_credits": "80.0000"},
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
    assert music.clips_per_task == 2
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


@pytest.mark.parametrize(
    ("status", "phase", "code"),
    [
        (401, ConnectionPhase.BAD_KEY, FailureCode.INVALID_KEY),
        (403, ConnectionPhase.BAD_KEY, FailureCode.FORBIDDEN),
        (404, ConnectionPhase.UNREACHABLE, FailureCode.NOT_A_SERVICE),
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
