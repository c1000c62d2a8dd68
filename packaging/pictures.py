"""Plays the tour and puts its pictures where the help and the README show them.

.venv/bin/python packaging/pictures.py
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = ROOT / "resources" / "help" / "pictures"
SHOWN: Final = {
    "main.png": "7-player.png",
    "library.png": "8-library.png",
    "activity.png": "9-activity.png",
    "dark.png": "10-dark.png",
    "small.png": "11-dark-small.png",
}
"""Each picture by the one of the tour it is."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        tour = [sys.executable, "-m", "beatra_desktop", "--tour", folder]
        if code := subprocess.call(tour, cwd=ROOT):
            return code
        for name, source in SHOWN.items():
            shutil.copyfile(Path(folder, source), PICTURES / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
