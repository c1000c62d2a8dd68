"""Makes a .deb for Debian 12 and Ubuntu 22.04 out of the one-folder build.

    python3 packaging/linux/build_deb.py build/dist/beatra-desktop build

Standard library and dpkg-deb only. The program lies in /opt/beatra-desktop, with links in /usr.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from desktop_files import NAME, ROOT, add_to_desktop, version

PREFIX: Final = Path("opt") / NAME
# What the bundle takes from the system: it must match the screen and sound servers there.
DEPENDS: Final = (
    "libc6 (>= 2.34), libgl1, libegl1, libfontconfig1, libfreetype6, libdbus-1-3, libglib2.0-0, "
    "libxkbcommon0, libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-image0, "
    "libxcb-keysyms1, libxcb-render-util0, libxcb-shape0, libxcb-xkb1"
)
CONTROL: Final = """\
Package: {name}
Version: {version}
Section: sound
Priority: optional
Architecture: {architecture}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: libpulse0, gnome-keyring | kwalletmanager
Maintainer: Beatra Desktop contributors <desktop@beatra.invalid>
Description: Chat, upload files and make music with the beatra API
 One window for the beatra AI API: a chat that streams, a drop zone for uploads,
 and a studio for music tasks. It never pays twice for one intent, keeps what was
 cut, and saves every song before its link ends. A built-in sandbox needs neither
 an account nor a network.
"""
COPYRIGHT: Final = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Beatra Desktop

Files: *
Copyright: Beatra Desktop contributors
License: MIT
Comment:
 The source is MIT. The bundle holds a GPL build of FFmpeg in the PyAV library,
 so that it is under the GPL as a whole; and Qt and PySide6 under the LGPL 3.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a .deb out of the one-folder build.")
    parser.add_argument("bundle", type=Path, help="the folder PyInstaller made")
    parser.add_argument("target", type=Path, help="the folder to put the package in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        fill(tree, arguments.bundle)
        arguments.target.mkdir(parents=True, exist_ok=True)
        package = arguments.target / f"{NAME}_{version()}_{architecture()}.deb"
        build = ["dpkg-deb", "--build", "--root-owner-group", "-Zzstd", str(tree), str(package)]
        subprocess.run(build, check=True)


def fill(tree: Path, bundle: Path) -> None:
    """Lay out everything the package installs, and say what it is."""
    shutil.copytree(bundle, tree / PREFIX, symlinks=True)
    binaries = tree / "usr" / "bin"
    binaries.mkdir(parents=True)
    for program in (NAME, "beatra-sandbox"):
        (binaries / program).symlink_to(f"/{PREFIX / program}")
    add_to_desktop(tree / "usr" / "share")
    add_documents(tree / "usr" / "share" / "doc" / NAME)
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir(mode=0o755)
    control.write_text(described(tree), "utf-8")
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def add_documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8")
    indented = "\n".join(f" {line}" if line else " ." for line in licence.splitlines())
    words = f"{COPYRIGHT}\nLicense: MIT\n{indented}\n"
    (folder / "copyright").write_text(words, "utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))


def described(tree: Path) -> str:
    size = sum(path.lstat().st_size for path in tree.rglob("*"))
    return CONTROL.format(
        name=NAME,
        version=version(),
        architecture=architecture(),
        kilobytes=size // 1024,
        depends=DEPENDS,
    )


def architecture() -> str:
    answer = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


if __name__ == "__main__":
    main()
