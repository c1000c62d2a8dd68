from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beatra_desktop.paths import resources
from beatra_desktop.ui import icons
from beatra_desktop.ui.app_icon import app_icon
from beatra_desktop.ui.icons import Icon

FOLDER = resources() / "icons"


def _is_red(pixmap: QPixmap) -> bool:
    """Whether anything in it was drawn in the red the tests ask for."""
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    pixels = (image.pixelColor(x, y) for x, y in points)
    return any(p.alpha() > 100 and p.red() > 240 and p.green() + p.blue() < 30 for p in pixels)


def test_every_icon_has_its_file_and_every_file_its_icon() -> None:
    files = {path.stem for path in FOLDER.glob("*.svg")} - {"app", "app-small"}
    assert files == {icon.value for icon in Icon}


def test_licences_lie_beside_what_they_are_for() -> None:
    assert "ISC License" in (FOLDER / "LICENSE-Lucide.txt").read_text()
    assert "SIL OPEN FONT LICENSE" in (resources() / "fonts" / "LICENSE-Inter.txt").read_text()


def test_every_icon_draws_something_in_the_colour_asked_for(qapp: object) -> None:
    blank = [i for i in Icon if not _is_red(icons.pixmap(i, QColor("#ff0000")))]
    assert blank == []


def test_a_disabled_icon_looks_disabled(qapp: object) -> None:
    made = icons.icon(Icon.PLAY, QColor("#ff0000"))
    assert _is_red(made.pixmap(16, 16))
    assert not _is_red(made.pixmap(16, 16, QIcon.Mode.Disabled))


def test_what_is_not_on_show_is_not_drawn(qtbot: QtBot) -> None:
    red, before = QColor("#ff0000"), icons._shape.cache_info().misses
    button = QPushButton(icons.icon(Icon.TROPHY, red, size_px=17), "")
    qtbot.addWidget(button)
    button.setIconSize(QSize(17, 17))
    assert button.sizeHint().width() >= 17
    assert icons._shape.cache_info().misses == before
    assert _is_red(button.grab())
    assert icons._shape.cache_info().misses == before + 1


def test_a_gap_makes_room_at_the_right_only(qapp: object) -> None:
    tight = icons.pixmap(Icon.STOP, QColor("#ff0000"))
    roomy = icons.pixmap(Icon.STOP, QColor("#ff0000"), gap_px=4)
    assert roomy.width() - tight.width() == 4 * roomy.devicePixelRatio()
    assert _is_red(roomy)
    assert not _is_red(roomy.copy(tight.width(), 0, 4, 16))


def test_the_app_icon_is_drawn(qapp: object) -> None:
    assert not app_icon().pixmap(64, 64).isNull()
