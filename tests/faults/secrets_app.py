"""The whole app with a key of its own, through flows and failures, and what is found of it."""

import json
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from signal import SIGTERM
from typing import Any, Final

from tests.e2e.app_process import PATIENCE_SECONDS, ROOT, App, children, home_environment, start_app
from tests.faults.campaign import Case, Verdict
from tests.faults.secrets_search import Canary, in_files, in_processes, in_sockets, in_words
from tests.faults.secrets_service import KINDS, WRITINGS, Gossip, Trouble, gossiping
from tests.secret_service import key_store

PROMISE: Final = "P8 keys stay secret"
SETTLE_SECONDS: Final = 8.0
PATIENT_LOOKS: Final = 5
WAYS: Final = ("environment", "session", "no store", "store")
ENDINGS: Final = ("quit", "kill", "term")
_PATHS: Final = {
    "check": ("/models", "/catalog/models", "/catalog/capabilities"),
    "chat": ("/chat/completions",),
    "upload": ("/uploads",),
    "song": ("/music/text-to-music", "/tasks/…", ".mp3"),
    "cancel": ("/cancel",),
}


@dataclass(frozen=True, kw_only=True)
class Play:
    """One app in the hands of one case."""

    app: App
    canary: Canary
    random: Random
    folder: Path
    gossip: Gossip
    url: str

    @property
    def backwards(self) -> str:
        return self.canary.key[::-1]

    def do(self, action: str, **parameters: object) -> Any:
        """As `App.do`, with more patience: a machine may have much else to do."""
        self.app.begin(action, **parameters)
        for _ in range(PATIENT_LOOKS - 1):
            with suppress(queue.Empty):
                return _result(self.app.line())
        return _result(self.app.line())

    def trouble(self, flow: str) -> None:
        """Sometimes none, often one, at a request of the flow that comes next."""
        if flow in _PATHS and self.random.random() < 0.7:
            self.gossip.troubles.append(
                Trouble(
                    path=self.random.choice(_PATHS[flow]),
                    kind=self.random.choice(KINDS),
                    writing=self.random.choice(list(WRITINGS)),
                    times=self.random.choice((1, 1, 3)),
                )
            )


def _result(answer: dict[str, Any]) -> Any:
    assert "error" not in answer, answer["error"]
    return answer["result"]


def _check(play: Play) -> None:
    play.do("recheck")


def _chat(play: Play) -> None:
    play.do("ask", text="echo: Good morning")
    play.do("settle", seconds=SETTLE_SECONDS)
    play.do("open_details")


def _upload(play: Play) -> None:
    path = play.folder / f"notes-{play.random.randrange(10**6)}.txt"
    path.write_text(f"notes {path.name}\n" * 50)
    play.do("drop_file", path=str(path))
    play.do("settle", seconds=SETTLE_SECONDS)
    play.do("answer_rights")


def _song(play: Play) -> None:
    play.do("order_song", prompt="a calm piano", model="suno-5.5")
    play.do("settle", seconds=SETTLE_SECONDS)


def _cancel(play: Play) -> None:
    play.do("order_song", prompt="slow rain", model="minimax-music-2.6")
    play.do("cancel_songs")
    play.do("settle", seconds=SETTLE_SECONDS)


def _export(play: Play) -> None:
    ending = play.random.choice(("md", "html", "json"))
    play.do("ask", text="echo: to be exported")
    play.do("settle", seconds=SETTLE_SECONDS)
    for command, name in (("export_chat", f"chat.{ending}"), ("export_all", "all.zip")):
        path = play.folder / f"{play.random.randrange(10**6)}-{name}"
        play.do("begin_transfer", command=command, path=str(path))
        play.do("until_transferred")


def _fail(play: Play) -> None:
    where = play.random.choice(("slot", "loop", "thread", "task"))
    play.do("fail", where=where, backwards=play.backwards)


def _profiles(play: Play) -> None:
    """A second service with the same key, tested, then taken away with its key."""
    name = f"Other {play.random.randrange(10**6)}"
    play.do("add_service", name=name, base_url=play.url)
    play.do("enter_key", profile=name, backwards=play.backwards, session_only=True)
    play.do("connect")
    play.do("remove_service", name=name)
    play.do("connect")


FLOWS: Final[dict[str, Callable[[Play], None]]] = {
    "check": _check,
    "chat": _chat,
    "upload": _upload,
    "song": _song,
    "cancel": _cancel,
    "export": _export,
    "fail": _fail,
    "profiles": _profiles,
}


def run(case: Case) -> Iterator[Verdict]:
    """Some flows in any order with troubles among them, an end, and the search."""
    random = case.random
    way, ending = random.choice(WAYS), random.choice(ENDINGS)
    flows = random.sample(list(FLOWS), k=3)
    problems = play_through(case.folder, random, way=way, ending=ending, flows=flows)
    kind = f"app, key by {way}, {', '.join(flows)}, then {ending}"
    yield Verdict(promise=PROMISE, kind=kind, problem="; ".join(problems))


def play_through(
    folder: Path, random: Random, *, way: str, ending: str, flows: list[str]
) -> list[str]:
    """Where the key was found after all that; no place is good."""
    canary = Canary.drawn(random)
    home = folder / "home"
    home.mkdir()
    with (
        _sandbox(folder / "service", home_environment(home)) as (address, sandbox_key),
        gossiping(address, sandbox_key) as (url, gossip),
        key_store(folder / "keys") as store,
    ):
        if way == "store":
            store.start()
        app = _start(folder, way, canary, url, store.variables)
        try:
            play = Play(
                app=app, canary=canary, random=random, folder=folder, gossip=gossip, url=url
            )
            return [*_lived(play, way, flows), *_left(play, ending)]
        finally:
            app.clean_up()


def _start(folder: Path, way: str, canary: Canary, url: str, bus: Mapping[str, str]) -> App:
    environment = {**home_environment(folder / "home"), **(bus if way == "store" else {})}
    arguments: tuple[str, ...] = ()
    if way == "environment":
        environment["BEATRA_API_KEY"] = canary.key
        arguments = ("--base-url", url)
    driver = ("-m", "tests.faults.secrets_drive")
    data, terminal = folder / "data", folder / "terminal.txt"
    return start_app(data, terminal, environment, arguments, driver=driver)


def _lived(play: Play, way: str, flows: list[str]) -> Iterator[str]:
    app, canary = play.app, play.canary
    play.do("connect")
    if way != "environment":
        play.do("add_service", name="Mine", base_url=play.url)
        left = play.do("enter_key", profile="Mine", backwards=play.backwards,
                      session_only=way == "session")  # fmt: skip
        yield from in_words(canary, "the key's field", left[::-1])
        play.do("connect")
    for flow in flows:
        play.trouble(flow)
        FLOWS[flow](play)
    offspring = list(_offspring(app.pid))
    yield from in_processes(canary, offspring)
    yield from in_processes(canary, [app.pid], environment=False)
    yield from in_sockets(canary)
    for place, words in play.do("told").items():
        yield from in_words(canary, place, words)
    backwards = [text.decode("latin-1")[::-1] for text in canary.writings]
    yield from play.do("remembered", backwards=backwards)
    if not play.gossip.carried:
        yield "the service was never given the key: nothing was tried"
    yield from (f"another host was given the key: {each}" for each in play.gossip.strangers)


def _left(play: Play, ending: str) -> Iterator[str]:
    if ending == "quit":
        play.app.quit()
    elif ending == "kill":
        play.app.kill()
    else:
        play.app.signal(SIGTERM)
        play.app.gone()
    yield from in_files(play.canary, [play.folder])


def _offspring(pid: int) -> Iterator[int]:
    for child in children(pid):
        yield child
        yield from _offspring(child)


@contextmanager
def _sandbox(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A sandbox of its own: the address of its API without a path, and its key."""
    command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe", "--speed", "60"]
    server = subprocess.Popen(
        [*command, "--seed", "1", "--data-dir", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert server.stdout is not None, "opened as a pipe"
    ready = json.loads(server.stdout.readline())
    try:
        yield ready["base_url"].removesuffix("/v1"), ready["api_key"]
    finally:
        server.communicate(timeout=PATIENCE_SECONDS)
