"""Lays out an AppImage from the one-folder build, and packs it where `appimagetool` is installed.

    python3 packaging/linux/build_appimage.py build/dist/beatra-desktop build

Without the tool the folder `build/Beatra_Desktop.AppDir` is left: its `AppRun` starts the app.
"""

import argparse
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from desktop_files import APP_ID, NAME, ROOT, add_to_desktop, copy, version

RUN: Final = f"""\
#!/bin/sh
here="$(dirname "$(readlink -f "$0")")"
exec "$here/opt/{NAME}/{NAME}" "$@"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make an AppImage out of the one-folder build.")
    parser.add_argument("bundle", type=Path, help="the folder PyInstaller made")
    parser.add_argument("target", type=Path, help="the folder to put the result in")
    arguments = parser.parse_args()
    tree = arguments.target / "Beatra_Desktop.AppDir"
    shutil.rmtree(tree, ignore_errors=True)
    fill(tree, arguments.bundle)
    if tool := shutil.which("appimagetool"):
        image = arguments.target / f"Beatra_Desktop-{version()}-{os.uname().machine}.AppImage"
        subprocess.run([tool, "--no-appstream", str(tree), str(image)], check=True)


def fill(tree: Path, bundle: Path) -> None:
    """The program, how it is started, and what the desktop shows of it."""
    shutil.copytree(bundle, tree / "opt" / NAME, symlinks=True)
    add_to_desktop(tree / "usr" / "share")
    copy(ROOT / "packaging" / "linux" / f"{APP_ID}.desktop", tree)
    copy(ROOT / "packaging" / "icons" / "256.png", tree, f"{APP_ID}.png")
    (tree / ".DirIcon").symlink_to(f"{APP_ID}.png")
    run = tree / "AppRun"
    run.write_text(RUN, "utf-8")
    run.chmod(0o755)


if __name__ == "__main__":
    main()
