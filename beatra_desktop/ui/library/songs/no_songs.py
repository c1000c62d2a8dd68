"""What the place of the songs says while there is none in it."""

from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs.shelf_strip import ALL, TRASH
from beatra_desktop.ui.panes import EmptyState


class NoSongs(EmptyState):
    def __init__(self, *, parent: QWidget | None = None) -> None:
        self.clear = Button("")
        super().__init__(Icon.MUSIC, "", "", self.clear, parent=parent)
        self.clear.setText(self.tr("Clear filters"))
        self.clear.setAccessibleName(self.tr("Clear filters"))

    def show_reason(self, shelf: str, *, is_filtered: bool) -> None:
        """Why the shelf on show is empty."""
        title, sentence = self._words(shelf, is_filtered=is_filtered)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.clear.setVisible(is_filtered)

    def _words(self, shelf: str, *, is_filtered: bool) -> tuple[str, str]:
        if is_filtered:
            return self.tr("Nothing found"), self.tr("No song here fits all of that.")
        if shelf == TRASH:
            sentence = self.tr("Songs you delete lie here for 30 days and can be brought back.")
            return self.tr("The trash is empty"), sentence
        if shelf == ALL:
            sentence = self.tr("Every song that was saved on this computer is listed here.")
            return self.tr("No songs yet"), sentence
        sentence = self.tr("Drag songs onto its name above, or add them by their menu.")
        return self.tr("An empty playlist"), sentence
