"""Draws the app's icon in every size a desktop asks for, beside this file.

    .venv/bin/python packaging/icons/make.py

Up to 24 px it is drawn from the small picture, whose lines lie on whole pixels.
"""

import os
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


def main() -> None:
    application = QGuiApplication([])
    for size in SIZES_PX:
        drawn(size).save(str(HERE / f"{size}.png"))
    del application


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
