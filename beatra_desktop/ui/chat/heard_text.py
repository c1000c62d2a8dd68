"""What is said in place of what is not read aloud, and at the end of an answer."""

from PySide6.QtCore import QObject

from beatra_desktop.ui.chat.spoken_answer import (
    CodeHeard,
    FormulaHeard,
    Heard,
    TableHeard,
    heard_of,
)


class HeardText(QObject):
    def words(self, heard: Heard) -> str:
        match heard:
            case CodeHeard():
                return self.tr("Code, %n lines.", "", heard.lines)
            case TableHeard():
                return self.tr("Table, %n rows.", "", heard.rows)
            case FormulaHeard():
                return self.tr("Formula.")
        return heard

    def spoken(self, markdown: str) -> str:
        """A whole answer as it is heard."""
        return " ".join(map(self.words, heard_of(markdown)))

    def ending(self, *, is_complete: bool) -> str:
        return self.tr("Answer complete.") if is_complete else self.tr("Answer incomplete.")
