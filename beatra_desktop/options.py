"""What the command line asked for (design: command line and files)."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from beatra_desktop import __version__
from beatra_desktop.domain.deep_links import is_deep_link

KEY_VARIABLE: Final = "BEATRA_API_KEY"
REFUSED: Final = 2
"""The exit code of a start that was not to be; argparse takes the same."""
_FILE_URL: Final = r"(?s)file:(?://(?:localhost)?)?(/(?!/)[^?#]*).*"


class Options(NamedTuple):
    """`files` are added as uploads, `links` open what is in the app (`beatra:…`).

    `tour` is the folder for the tour's pictures.
    """

    data_dir: Path | None = None
    profile: str | None = None
    base_url: str | None = None
    tour: Path | None = None
    files: tuple[Path, ...] = ()
    links: tuple[str, ...] = ()


def parse(arguments: Sequence[str]) -> Options:
    """Exits with a sentence and code 2 when the words make no sense."""
    words = _parser().parse_args(arguments)
    return Options(
        data_dir=words.data_dir,
        profile=words.profile,
        base_url=words.base_url,
        tour=words.tour,
        files=tuple(_path(word) for word in words.files if not is_deep_link(word)),
        links=tuple(filter(is_deep_link, words.files)),
    )


def _path(word: str) -> Path:
    """Desktops may name a file of this machine by its URL."""
    url = re.fullmatch(_FILE_URL, word)
    if url is None:
        return Path(word)
    from urllib.request import url2pathname  # 50 ms of every second start, else

    return Path(url2pathname(url[1]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beatra-desktop",
        description="Chat, uploads and a music studio for the beatra AI API.",
        epilog="A key for --base-url is taken from BEATRA_API_KEY and kept in memory only.",
    )
    parser.add_argument(
        "files", nargs="*", help="files to add as uploads, or beatra: links to open"
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="keep everything under this folder"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--profile", metavar="NAME", help="start on this profile")
    where.add_argument("--base-url", metavar="URL", help="start on a temporary profile")
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help="play the main job on the sandbox, write pictures"
    )
    # X11 session managers start what was open before with this; nothing is kept under the id.
    parser.add_argument("-session", metavar="ID", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser
