"""Where an export goes, and as what: one question of the platform's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from beatra_desktop.domain.transfer import ExportFormat
from beatra_desktop.services.filenames import free_path, safe_stem

ARCHIVE_ENDING: Final = ".zip"


class Choice(Struct, frozen=True):
    """What an export is written as."""

    format: ExportFormat
    all_branches: bool = False


class ExportDialog(QFileDialog):
    """The format is that of the ending typed, or else of the filter chosen."""

    chosen = Signal(object, object)
    """A `Path` and a `Choice`."""

    def __init__(
        self, title: str, *, folder: Path, has_branches: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export chat"))
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._choices = self._filters(has_branches=has_branches)
        self.setNameFilters(list(self._choices))
        self.setDirectory(str(folder))
        self._offer(safe_stem(title))
        self.filterSelected.connect(self._on_filter_selected)
        self.fileSelected.connect(self._on_file_selected)
        self.finished.connect(self.deleteLater)

    @property
    def choice(self) -> Choice:
        return self._choices[self.selectedNameFilter()]

    def _filters(self, *, has_branches: bool) -> Mapping[str, Choice]:
        choices = {
            self.tr("Markdown (*.md)"): Choice(ExportFormat.MARKDOWN),
            self.tr("Web page (*.html)"): Choice(ExportFormat.HTML),
            self.tr("PDF (*.pdf)"): Choice(ExportFormat.PDF),
            self.tr("JSON, to be imported again (*.json)"): Choice(ExportFormat.JSON),
        }
        if has_branches:
            more = (
                (self.tr("Markdown with all branches (*.md)"), ExportFormat.MARKDOWN),
                (self.tr("Web page with all branches (*.html)"), ExportFormat.HTML),
                (self.tr("PDF with all branches (*.pdf)"), ExportFormat.PDF),
            )
            choices |= {name: Choice(format, all_branches=True) for name, format in more}
        return choices

    def _offer(self, stem: str) -> None:
        ending = self.choice.format.ending
        self.setDefaultSuffix(ending)
        self.selectFile(f"{stem}{ending}")

    def _on_filter_selected(self, _filter: str) -> None:
        names = [Path(name) for name in self.selectedFiles()]
        stem = names[0].name if names else ""
        known = next((f.ending for f in ExportFormat if stem.lower().endswith(f.ending)), "")
        self._offer(stem.removesuffix(known) if known else stem)

    def _on_file_selected(self, name: str) -> None:
        """A file that exists was asked about by the dialog, under the name it had there."""
        path, choice = Path(name), self.choice
        typed = next((f for f in ExportFormat if f.ending == path.suffix.lower()), None)
        if typed is None:
            ending = choice.format.ending
            path = free_path(path.parent, path.name, ending, Path.exists)
        elif typed is not choice.format:
            choice = Choice(typed, all_branches=choice.all_branches)
        self.chosen.emit(path, choice)


class ArchiveDialog(QFileDialog):
    """Where all chats go."""

    chosen = Signal(object)
    """A `Path`."""

    def __init__(self, *, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export all chats"))
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters([self.tr("Archive of all chats (*.zip)")])
        self.setDefaultSuffix(ARCHIVE_ENDING)
        self.setDirectory(str(folder))
        self.selectFile(self.tr("Beatra chats") + ARCHIVE_ENDING)
        self.fileSelected.connect(self._on_file_selected)
        self.finished.connect(self.deleteLater)

    def _on_file_selected(self, name: str) -> None:
        path = Path(name)
        if path.suffix.lower() != ARCHIVE_ENDING:
            path = free_path(path.parent, path.name, ARCHIVE_ENDING, Path.exists)
        self.chosen.emit(path)


class ImportDialog(QFileDialog):
    """Which file chats come from."""

    chosen = Signal(object)
    """A `Path`."""

    def __init__(self, *, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import chats"))
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setNameFilters(
            [
                self.tr("Exports of Beatra Desktop and ChatGPT (*.zip *.json)"),
                self.tr("All files (*)"),
            ]
        )
        self.setDirectory(str(folder))
        self.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        self.finished.connect(self.deleteLater)
