"""The sandbox's command line (see `--help`)."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`data_dir` None means a temporary folder; `port` 0 means any free one."""

    host: str = "127.0.0.1"
    port: int = 0
    data_dir: Path | None = None
    speed: float = 1.0
    seed: int | None = None
    parent_pipe: bool = False
    upstream: str | None = None


def parse_options(arguments: Sequence[str] | None = None) -> Options:
    return Options(**vars(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m beatra_desktop.sandbox",
        description="Serve the beatra API locally: chat, music, uploads and tasks, free of charge.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: this computer only)")
    add("--port", type=_port, default=0, help="port to listen on (default: any free one)")
    add("--data-dir", type=Path, help="where state is kept (default: a temporary folder)")
    add("--speed", type=_speed, default=1.0, help="times faster than life (default: 1)")
    add("--seed", type=int, help="makes the same prompt give the same clips")
    add("--parent-pipe", action="store_true", help="end when standard input closes")
    add("--upstream", type=_base_url, help="base URL of an OpenAI-compatible server for chat")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535")
    return port


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("the speed must be above 0")
    return speed


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError("a base URL starts with http:// or https://")
    return text.rstrip("/")
