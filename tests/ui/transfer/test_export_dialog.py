"""Which file and which format a choice in the dialog means."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.transfer import ExportFormat
from beatra_desktop.ui.transfer.export_dialog import ArchiveDialog, Choice, ExportDialog


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog("Rain / wind 1.2", folder=tmp_path, has_branches=True)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    return dialog


def _chosen(qtbot: QtBot, dialog: ExportDialog, name: str) -> tuple[Path, Choice]:
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.fileSelected.emit(name)
    path, choice = chosen.args
    return path, choice


def test_it_offers_the_title_as_a_name_and_markdown_first(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    assert dialog.selectedFiles() == [str(tmp_path / "Rain wind 1.2.md")]
    assert dialog.choice == Choice(ExportFormat.MARKDOWN)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)


def test_branches_are_asked_about_only_where_there_are_some(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    plain = ExportDialog("Rain", folder=tmp_path, has_branches=False)
    qtbot.addWidget(plain)
    assert len(plain.nameFilters()) == 4
    assert len([name for name in dialog.nameFilters() if "all branches" in name]) == 3
    assert not [name for name in plain.nameFilters() if "branches" in name]


def test_another_filter_changes_the_ending(dialog: ExportDialog, tmp_path: Path) -> None:
    wanted = next(name for name in dialog.nameFilters() if name.startswith("PDF with"))
    dialog.selectNameFilter(wanted)
    dialog.filterSelected.emit(wanted)
    assert dialog.selectedFiles() == [str(tmp_path / "Rain wind 1.2.pdf")]
    assert dialog.choice == Choice(ExportFormat.PDF, all_branches=True)


@pytest.mark.parametrize(
    ("typed", "name", "format"),
    [
        ("x.md", "x.md", ExportFormat.MARKDOWN),
        ("x.HTML", "x.HTML", ExportFormat.HTML),
        ("x.pdf", "x.pdf", ExportFormat.PDF),
        ("x 1.2", "x 1.2.md", ExportFormat.MARKDOWN),
        ("x", "x.md", ExportFormat.MARKDOWN),
    ],
)
def test_the_ending_that_is_typed_decides(
    qtbot: QtBot,
    dialog: ExportDialog,
    tmp_path: Path,
    typed: str,
    name: str,
    format: ExportFormat,
) -> None:
    path, choice = _chosen(qtbot, dialog, str(tmp_path / typed))
    assert (path, choice) == (tmp_path / name, Choice(format))


def test_a_name_the_dialog_did_not_ask_about_overwrites_nothing(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "x 1.2.md").touch()
    path, _ = _chosen(qtbot, dialog, str(tmp_path / "x 1.2"))
    assert path == tmp_path / "x 1.2 2.md"


def test_an_archive_is_a_zip(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ArchiveDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.fileSelected.emit(str(tmp_path / "x"))
    assert chosen.args == [tmp_path / "x.zip"]
