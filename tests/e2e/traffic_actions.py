"""What a user can do about what leaves the driven app: pause, and let wait what was written."""

from typing import Any

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.traffic import Network
from tests.e2e.actions import ACTIONS, Stage, action, plain, until

__all__ = ["ACTIONS"]


@action
async def pause(stage: Stage) -> None:
    stage.services.activity.pause_all()


@action
async def resume(stage: Stage) -> None:
    stage.services.activity.resume_all()


@action
async def is_paused(stage: Stage) -> bool:
    return stage.services.traffic.is_paused.value


@action
async def network(stage: Stage, state: str) -> None:
    """Wait until the network is seen to be that way."""
    await until(lambda: stage.services.traffic.network.value is Network(state))


@action
async def order_song(stage: Stage, prompt: str, model: str) -> None:
    stage.services.music.create(MusicPrompt(prompt=prompt, model=model, instrumental=True))


@action
async def rows(stage: Stage, state: str) -> list[Any]:
    """The rows of the activity centre, once one is in that state."""
    listed = stage.services.activity.rows
    await until(lambda: any(row.state == state for row in listed))
    return [plain(row) for row in listed]


@action
async def send_all(stage: Stage) -> None:
    stage.services.activity.send_all()
