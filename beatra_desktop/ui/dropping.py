"""What is brought into the window: dropped on it, pasted, or opened with the app."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication, QImage, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from beatra_desktop.domain.uploads import PurposeRule
from beatra_desktop.services import Services
from beatra_desktop.ui.centre import Centre, Screen
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.dragged import Dragged, read
from beatra_desktop.ui.drop_overlay import DropOverlay
from beatra_desktop.ui.drop_text import Outlook, Place, Terms, outlook
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.three_panes import ThreePanes
from beatra_desktop.ui.uploads.pictures import upload_picture

if TYPE_CHECKING:
    from beatra_desktop.ui.music.studio import Studio


class Dropping(QObject):
    """Knows what lies where in the window, and hands everything to the pane it is meant for.

    `studio` is made when something is meant for it.
    """

    studio_wanted = Signal()
    """What was brought in is shown there."""

    def __init__(  # the panes of the window
        self,
        services: Services,
        *,
        window: QWidget,
        panes: ThreePanes,
        centre: Centre,
        chat: ChatPane,
        studio: "Callable[[], Studio]",
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window, self._panes, self._centre = window, panes, centre
        self._chat, self._studio = chat, studio
        self._folders: frozenset[Path] = frozenset()
        self.overlay = self._cover(window, self.place_at, self._area_of)
        subscribe(self, services.folders.found, self._on_folders_found)
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a window has one"
        application.focusWindowChanged.connect(self._on_focus_window_changed)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files given from outside the window: by the system or the command line."""
        self.studio_wanted.emit()
        self._studio().add_files(list(paths))

    def paste(self) -> None:
        """Take what is on the clipboard, for the pane that has the keyboard.

        Text that no field asked for goes into the message while the chat is on show.
        """
        data = QGuiApplication.clipboard().mimeData() or QMimeData()  # None when it is empty
        place = self._place_of(QApplication.focusWidget())
        dragged = read(data)
        if dragged.paths or (dragged.has_picture and not data.hasText()):
            self._take(place, data)
        elif data.hasText() and place is Place.CHAT:
            self._chat.focus_composer()
            self._chat.composer.text_area.insertFromMimeData(data)
        elif dragged.links:
            links = [link.toDisplayString() for link in dragged.links]
            self._services.uploads.take_in([], purpose=PurposeRule.AUDIO_AS_REFERENCE, links=links)

    def place_at(self, position: QPoint) -> Place:
        """What lies at a place of the window."""
        if self._panes.studio_holds(self._panes.mapFrom(self._window, position)):
            return Place.STUDIO
        on_chat = self._area_of(Place.CHAT).contains(position)
        return Place.CHAT if on_chat and self._centre.current is Screen.CHAT else Place.WINDOW

    def _cover(
        self,
        window: QWidget,
        place_at: Callable[[QPoint], Place],
        area_of: Callable[[Place], QRect],
    ) -> DropOverlay:
        overlay = DropOverlay(window, place_at=place_at, area_of=area_of, outlook=self._outlook)
        overlay.entered.connect(self._on_entered)
        overlay.dropped.connect(lambda place, data: self._take(Place(place), data))
        return overlay

    def _outlook(self, dragged: Dragged, place: Place) -> Outlook:
        catalog = self._services.profiles.catalog.value
        terms = Terms(
            offers_uploads=catalog.offers_uploads,
            offers_music=catalog.offers_music,
            as_reference=place is not Place.STUDIO or self._studio().takes_references,
            folders=self._folders,
        )
        return outlook(dragged, place, terms)

    def _take(self, place: Place, data: QMimeData) -> None:
        dragged = read(data)
        if place is not Place.CHAT:
            self.studio_wanted.emit()
        if dragged.upload_ids:
            self._studio().use_reference(dragged.upload_ids[0])
        elif dragged.clip_ids and place is Place.STUDIO:
            self._studio().use_clip(dragged.clip_ids[0])
        elif dragged.paths:
            self._take_files(place, dragged)
        elif place is Place.CHAT:
            self._chat.upload_picture(QImage(data.imageData()))
        else:
            upload_picture(self._services.uploads, QImage(data.imageData()))
            self._studio().show_uploads()

    def _take_files(self, place: Place, dragged: Dragged) -> None:
        links = [link.toDisplayString() for link in dragged.links]
        if place is Place.CHAT:
            self._chat.insert_files(dragged.paths, links=links)
            self._chat.focus_composer()
        elif place is Place.STUDIO:
            self._studio().add_files(dragged.paths, links=links)
        else:
            self._studio().upload_files(dragged.paths, links=links)

    def _area_of(self, place: Place) -> QRect:
        if place is Place.STUDIO:
            return self._panes.area_of_studio(self._window)
        pane = self._centre if place is Place.CHAT else self._window
        return QRect(pane.mapTo(self._window, QPoint(0, 0)), pane.size())

    def _place_of(self, widget: QWidget | None) -> Place:
        if widget is not None and self._panes.is_in_studio(widget):
            return Place.STUDIO
        return Place.CHAT if self._centre.current is Screen.CHAT else Place.WINDOW

    def _on_entered(self, dragged: Dragged) -> None:
        if dragged.paths:
            self._services.folders.look_at(dragged.paths)

    def _on_folders_found(self, folders: frozenset[Path]) -> None:
        self._folders = folders
        for overlay in self._window.findChildren(DropOverlay):
            overlay.refresh()

    def _on_focus_window_changed(self, focused: QWindow | None) -> None:
        for dialog in self._window.findChildren(QDialog):
            if focused is not None and dialog.windowHandle() is focused and _takes_drops(dialog):
                self._cover(dialog, lambda _position: Place.WINDOW, _whole(dialog))


def _takes_drops(dialog: QDialog) -> bool:
    """Dialogs that may stay open; one that asks something is to be answered first."""
    is_ours = not isinstance(dialog, QFileDialog)
    return is_ours and not dialog.isModal() and dialog.findChild(DropOverlay) is None


def _whole(window: QWidget) -> Callable[[Place], QRect]:
    return lambda _place: window.rect()
