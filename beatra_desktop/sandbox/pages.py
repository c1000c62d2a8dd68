"""Two small web pages behind links in answers: a task's clips and the top-up page."""

from decimal import Decimal
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beatra_desktop.sandbox.envelopes import envelope
from beatra_desktop.sandbox.wallet import credits_text
from beatra_desktop.sandbox.world import World

TOP_UP: Final = Decimal("1000")
PAGE: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
    "<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto}}</style>"
    "<h1>{title}</h1>{content}</html>"
)


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    async def assets(self, request: Request) -> Response:
        task = self._world.tasks.get(request.query_params.get("task", ""))
        output = envelope(task, self._world)["output"] or {"clips": []}
        players = [
            f"<p>{escape(clip['title'])}<br><audio controls src='{escape(clip['audio']['url'])}'>"
            f"</audio></p>"
            for clip in output["clips"]
            if "url" in clip["audio"]
        ]
        content = "".join(players) or f"<p>No clips: the task is {task.status}.</p>"
        return _page("Clips of this task", content)

    async def topup(self, request: Request) -> Response:
        balance = credits_text(self._world.wallet.balance)
        content = (
            f"<p>The sandbox's play-money balance is <b>{balance}</b> credits.</p>"
            "<form method=post><button>Add 1,000 credits</button></form>"
        )
        return _page("Top up the sandbox", content)

    async def add_credits(self, request: Request) -> Response:
        self._world.wallet.refund(TOP_UP)
        return RedirectResponse("/topup", status_code=303)


def _page(title: str, content: str) -> Response:
    return HTMLResponse(PAGE.format(title=escape(title), content=content))
