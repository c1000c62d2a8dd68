"""What every Linux package puts beside the program: for menus, software centres, file managers."""

import re
import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NAME: Final = "beatra-desktop"
APP_ID: Final = "ai.beatra.Desktop"
SIZES_PX: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def add_to_desktop(share: Path) -> None:
    """The entry in the menus, the description in software centres, and the icon."""
    here = ROOT / "packaging" / "linux"
    copy(here / f"{APP_ID}.desktop", share / "applications")
    copy(here / f"{APP_ID}.metainfo.xml", share / "metainfo")
    icons = share / "icons" / "hicolor"
    for size in SIZES_PX:
        source = ROOT / "packaging" / "icons" / f"{size}.png"
        copy(source, icons / f"{size}x{size}" / "apps", f"{APP_ID}.png")
    scalable = ROOT / "resources" / "icons" / "app.svg"
    copy(scalable, icons / "scalable" / "apps", f"{APP_ID}.svg")


def copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def version() -> str:
    text = (ROOT / "beatra_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found is not None, "the package says its version"
    return found[1]
