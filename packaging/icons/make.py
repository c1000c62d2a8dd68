"""Draws the app's icon in every size a desktop asks for, beside this file.

    .venv/bin/python packaging/icons/make.py

Up to 24 px it is drawn from the small picture, whose lines lie on whole pixels.
"""

import os
import struct
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE: Final = Path(__file__).parent
PICTURES: Final = HERE.parents[1] / "resources" / "icons"
SIZES_PX: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SMALL_PX: Final = 24
IN_ICO_PX: Final = (16, 24, 32, 48, 64, 128, 256)
IN_ICNS: Final = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def main() -> None:
    application = QGuiApplication([])
    for size in SIZES_PX:
        drawn(size).save(str(HERE / f"{size}.png"))
    write_ico(HERE / "app.ico")
    write_icns(HERE / "app.icns")
    del application


def write_ico(path: Path) -> None:
    """For Windows: a table of the pictures, then the pictures."""
    pictures = [(HERE / f"{size}.png").read_bytes() for size in IN_ICO_PX]
    place = 6 + 16 * len(pictures)
    table = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(IN_ICO_PX, pictures, strict=True):
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    path.write_bytes(table + b"".join(pictures))


def write_icns(path: Path) -> None:
    """For macOS: each picture behind its kind and length."""
    body = b""
    for kind, size in IN_ICNS.items():
        picture = (HERE / f"{size}.png").read_bytes()
        body += kind + struct.pack(">I", 8 + len(picture)) + picture
    path.write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)


def drawn(size: int) -> QImage:
    name = "app-small.svg" if size <= SMALL_PX else "app.svg"
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(PICTURES / name)).render(painter)
    painter.end()
    return image


if __name__ == "__main__":
    main()
