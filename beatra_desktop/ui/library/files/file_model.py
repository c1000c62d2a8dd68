"""The table of files for Qt: fed by an observable, repainted once per frame."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.uploads import KnownFile
from beatra_desktop.ui.dragged import UPLOADS_FORMAT
from beatra_desktop.ui.library.files import file_text
from beatra_desktop.ui.library.files.file_text import Column, NameOf
from beatra_desktop.ui.list_model import RECORD_ROLE
from beatra_desktop.ui.model_feed import ModelFeed
from beatra_desktop.ui.tips import tip

_ROW_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
Index = QModelIndex | QPersistentModelIndex
_RECORD: int = int(RECORD_ROLE)
_DISPLAY: int = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE: int = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT: int = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP: int = int(Qt.ItemDataRole.ToolTipRole)


class FileModel(QAbstractTableModel):
    """A row is dragged as its file, and inside the app as its upload."""

    def __init__(
        self, rows: ReadOnlyRecords[KnownFile], *, name_of: NameOf, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._name_of = name_of
        self._feed = ModelFeed(self, rows, last_column=len(Column) - 1)

    def file(self, row: int) -> KnownFile:
        return self._rows[row]

    def index_of(self, file_id: str) -> QModelIndex:
        """The first cell of a file's row; an invalid index when it is not on show."""
        return self.index(self._rows.row(file_id), 0) if file_id in self._rows else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        file = self._rows[index.row()]
        if role == _RECORD:
            return file
        if role == _DISPLAY:
            return file_text.cell(file, Column(index.column()), self._name_of)
        if role == _ACCESSIBLE:
            return self._spoken(file, Column(index.column()))
        if role == _TOOLTIP:
            return tip(self._hint(file, Column(index.column())))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY:
            return file_text.heading(Column(section))
        if role == _ALIGNMENT and section == Column.SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", UPLOADS_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        files = [self._rows[row] for row in sorted({index.row() for index in indexes})]
        data = QMimeData()
        data.setData(UPLOADS_FORMAT, "\n".join(file.upload.id for file in files).encode())
        paths = [file.upload.path for file in files if not file.is_missing]
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return data

    def _spoken(self, file: KnownFile, column: Column) -> str:
        """The first cell tells of the whole row, the others of themselves."""
        if column is Column.NAME:
            return file_text.spoken(file, self._name_of)
        return f"{file_text.heading(column)}: {file_text.cell(file, column, self._name_of)}"

    def _hint(self, file: KnownFile, column: Column) -> str:
        if column is Column.NAME:
            return str(file.upload.path)
        if column is Column.STATE:
            return file_text.advice(file)
        if column is Column.USED:
            return "\n".join(use.title for use in file.used_by)
        return ""
