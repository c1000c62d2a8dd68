"""Whose work is in the app: a list made from the locked packages, and each licence's text."""

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.paths import resources

_LICENCE_FILE: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_QT: Final = re.compile(r"pyside6|shiboken6", re.IGNORECASE)


class Part(Struct, frozen=True, kw_only=True):
    """`licence` is an SPDX expression; `version` is empty where it is not a package."""

    name: str
    licence: str
    home: str
    version: str = ""

    @property
    def text(self) -> str:
        """The licence's own words; empty where they did not come with the package."""
        return "\n\n".join(path.read_text("utf-8", "replace").strip() for path in self._files())

    def _files(self) -> Iterator[Path]:
        if _QT.match(self.name):
            yield from sorted((resources() / "licences").glob("*.txt"), reverse=True)
        elif self.name in _OWN_COPIES:
            yield resources() / _OWN_COPIES[self.name]
        elif self.version:
            files = metadata.distribution(self.name).files or ()
            about = [f for f in files if ".dist-info" in str(f) and _LICENCE_FILE.search(f.name)]
            yield from (Path(str(each.locate())) for each in about)


_OWN_COPIES: Final = {
    "Inter": "fonts/LICENSE-Inter.txt",
    "Lucide": "icons/LICENSE-Lucide.txt",
    "FFmpeg": "licences/GPL-3.0.txt",
}
_PICTURES_FONTS_AND_CODECS: Final = (
    Part(name="FFmpeg", licence="GPL-3.0-or-later", home="https://ffmpeg.org"),
    Part(name="Inter", licence="OFL-1.1", home="https://rsms.me/inter/"),
    Part(name="Lucide", licence="ISC", home="https://lucide.dev"),
)


def parts() -> list[Part]:
    """By name. Packages that are for other systems only have no version here."""
    listed = json.loads((resources() / "licences" / "third_party.json").read_text("utf-8"))
    packages = [Part(**each, version=_version(each["name"])) for each in listed]
    return sorted([*_PICTURES_FONTS_AND_CODECS, *packages], key=lambda part: part.name.lower())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
