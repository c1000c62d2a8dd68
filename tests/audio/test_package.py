"""The package as a whole: cheap to import, silent, usable from several threads."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from beatra_desktop.audio import AudioFormat, convert, peaks, read_tags, verify, write_tags

if TYPE_CHECKING:
    from tests.audio.conftest import Maker


def test_importing_it_loads_neither_pyav_nor_numpy() -> None:
    program = "import sys, beatra_desktop.audio; print({'av', 'numpy', 'PySide6'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_threads_do_not_disturb_each_other(make: "Maker") -> None:
    files = [make(f"{number}.mp3", seconds=1 + number / 4) for number in range(6)]

    def handle(number: int) -> tuple[bytes, str, float | None]:
        path = files[number]
        write_tags(path, {"title": f"song {number}"})
        convert(path, path.with_suffix(".flac"), format=AudioFormat.FLAC)
        shape = peaks(path, buckets=50)
        return shape.peak, read_tags(path)["title"], verify(path).duration_seconds

    alone = [handle(number) for number in range(6)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(handle, range(6)))
    assert together == alone
    assert [title for _, title, _ in together] == [f"song {number}" for number in range(6)]
