"""The whole app, doing what a plan says until it is killed.

It kills itself where the plan names a point; at random instants it is killed from outside.
"""

import asyncio
import json
import os
import signal
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from beatra_desktop import app
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.faults import crash_acts, crash_points
from tests.faults.crash_acts import Scene
from tests.faults.crash_witness import TICK_SECONDS, Witness


def main(path: str) -> int:
    """Returns the exit code, if the plan lets it quit."""
    plan = json.loads(Path(path).read_text())
    data_dir = Path(plan["data_dir"])
    witness = Witness(Path(plan["witness"]))
    crash_points.watch(_pass_by(witness, plan["kill"]), data_dir.parent)

    async def play(window: MainWindow, services: Services) -> None:
        await _play(Scene(window, services, witness, Path(plan["files"])), plan)

    options = Options(data_dir=data_dir, profile=None, base_url=plan["base_url"], files=())
    return app.run(options, play=play, sandbox_arguments=tuple(plan["sandbox"]))


def _pass_by(witness: Witness, kill: dict[str, Any]) -> Callable[[str], None]:
    passed: Counter[str] = Counter()
    lock = threading.Lock()

    def pass_by(name: str) -> None:
        with lock:
            passed[name] += 1
            is_here = name == kill["at"] and passed[name] == kill["nth"]
        witness.see("point", name=name)
        if is_here:
            os.kill(os.getpid(), signal.SIGKILL)

    return pass_by


async def _play(scene: Scene, plan: dict[str, Any]) -> None:
    async with asyncio.TaskGroup() as group:
        clock = group.create_task(_tick(scene))
        try:
            await _act_all(scene, plan["acts"])
        except Exception:  # noqa: BLE001  # whatever it is, the campaign is told
            scene.witness.see("error", text=traceback.format_exc())
        scene.witness.see("rest")
        if not plan["quits"]:
            await asyncio.Event().wait()
        clock.cancel()


async def _act_all(scene: Scene, acts: list[dict[str, Any]]) -> None:
    for act in acts:
        given = dict(act)
        scene.witness.see("act", **given)
        await crash_acts.ACTS[given.pop("do")](scene, **given)


async def _tick(scene: Scene) -> None:
    while True:
        scene.witness.tick += 1
        scene.look()
        await asyncio.sleep(TICK_SECONDS)
