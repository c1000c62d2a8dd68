"""Lists of models and capabilities in the shapes they may come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.types import Capability, Model

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

Bytes = Callable[..., bytes]

SUNO = {
    "id": "suno-5.5",
    "object": "catalog.model",
    "name": "Suno 5.5",
    "status": "preview",
    "capabilities": ["text_to_music", 7, None],
    "modalities": {"input": ["text"], "output": None},
    "pricing": {"unit": "task", "unit_credits": "80.0000", "options": [{"x": 1}]},
    "limits": {"clips_per_task": 2},
}


@pytest.mark.parametrize("wrapped", [True, False])
async def test_models_with_all_there_is_to_know(
    server: RawServer, client: BeatraClient, respond: Bytes, wrapped: bool
) -> None:
    items = [SUNO, {"name": "no id"}, {"id": "bare"}]
    server.answer(respond(body={"data": items} if wrapped else items))
    suno, bare = (await client.catalog.models()).value
    assert server.requests[0].target == "/v1/catalog/models"
    assert suno.capabilities == ["text_to_music"]
    assert suno.modalities is not None
    assert (suno.modalities.input, suno.modalities.output) == (["text"], [])
    assert suno.pricing is not None
    assert suno.pricing.unit_credits == "80.0000"
    assert suno.limits is not None
    assert suno.limits.clips_per_task == 2
    assert bare == Model("bare")


async def test_the_flat_list(server: RawServer, client: BeatraClient, respond: Bytes) -> None:
    server.answer(respond(body={"object": "list", "data": [{"id": "a", "owned_by": "beatra"}]}))
    assert (await client.catalog.list_models()).value == [Model("a", owned_by="beatra")]
    assert server.requests[0].target == "/v1/models"


async def test_capabilities(server: RawServer, client: BeatraClient, respond: Bytes) -> None:
    item = {"id": "text_to_music", "status": "preview", "async": True, "models": ["suno-5.5"]}
    server.answer(respond(body={"data": [item]}))
    assert (await client.catalog.capabilities()).value == [
        Capability("text_to_music", status="preview", is_async=True, models=["suno-5.5"])
    ]
    assert server.requests[0].target == "/v1/catalog/capabilities"
