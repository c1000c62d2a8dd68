"""A service that wants a key, and how it is known what came of asking it."""

from typing import Any, Final

from beatra_desktop.domain.profiles import ConnectionPhase

KEY: Final = "sk-good-0123456789abcdef"
MODELS: Final = {"data": [{"id": "llama"}]}


def guarded(say: Any) -> Any:
    """A service that wants KEY."""

    async def answer(heard: Any) -> Any:
        if heard.headers.get("authorization") != f"Bearer {KEY}":
            return say(401, {"error": {"code": "invalid_api_key", "message": "No"}})
        return say(200, MODELS) if heard.path == "/v1/models" else say(404)

    return answer


async def settled(bench: Any) -> ConnectionPhase:
    connection = bench.services.profiles.connection
    moving = (ConnectionPhase.STARTING, ConnectionPhase.CHECKING)
    await bench.until(lambda: connection.value.phase not in moving)
    phase: ConnectionPhase = connection.value.phase
    return phase
