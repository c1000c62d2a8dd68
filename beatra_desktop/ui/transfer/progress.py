"""How far exports and imports are, for those that take a while."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.transfer import Transfer, TransferKind
from beatra_desktop.services.transfer.service import TransferService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.format import count
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe

SHOWN_AFTER_MS: Final = 400
"""What is done sooner needs no bar."""
BAR_WIDTH_PX: Final = 180


class ProgressRow(Pane):
    """One transfer; says when it has taken so long that it should be shown."""

    due = Signal()
    stop_requested = Signal()

    def __init__(self, transfer: Transfer) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID)
        self._words = Text(tone=Tone.SECONDARY)
        self._figures = Text(tone=Tone.SECONDARY, size="small")
        self._figures.setWordWrap(False)
        self._bar = ProgressBar(self._name(transfer))
        self._bar.setFixedWidth(BAR_WIDTH_PX)
        self._cancel = Button(self.tr("Cancel"), variant=Variant.LINK)
        self._cancel.clicked.connect(self.stop_requested)
        self.box.addWidget(self._words, stretch=1)
        self.add(self._figures, self._bar, self._cancel)
        self.setAccessibleName(self._name(transfer))
        self.hide()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.due)
        self._timer.start(SHOWN_AFTER_MS)
        self.update_to(transfer)

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self._words.text(), self._figures.text())))

    @property
    def cancel_button(self) -> Button:
        return self._cancel

    def update_to(self, transfer: Transfer) -> None:
        """Show how far it is."""
        name = self._name(transfer)
        self._words.setText(self.tr("Ending…") if transfer.is_stopping else name)
        figures = self.tr("{done} of {total}") if transfer.total > 1 else ""
        self._figures.setText(
            figures.format(done=count(transfer.done), total=count(transfer.total))
        )
        self._bar.set_fraction(transfer.done / transfer.total if transfer.total > 1 else None)
        self._cancel.setEnabled(not transfer.is_stopping)

    def _name(self, transfer: Transfer) -> str:
        is_export = transfer.kind is TransferKind.EXPORT
        words = self.tr("Saving “{name}”…") if is_export else self.tr("Importing “{name}”…")
        return words.format(name=transfer.name)


class TransferBar(QWidget):
    """All that runs, one below the other; takes no room while nothing takes long."""

    def __init__(self, transfer: TransferService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transfer = transfer
        self._rows: dict[str, ProgressRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, 0)
        self._column.setSpacing(theme.GRID // 2)
        self.hide()
        running = transfer.running
        for signal in (running.inserted, running.removed, running.changed):
            subscribe(self, signal, self._refresh)

    @property
    def rows(self) -> list[ProgressRow]:
        return list(self._rows.values())

    def _refresh(self, *_rows: int) -> None:
        running = {transfer.id: transfer for transfer in self._transfer.running}
        for transfer_id in set(self._rows) - set(running):
            row = self._rows.pop(transfer_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for transfer_id, transfer in running.items():
            if transfer_id in self._rows:
                self._rows[transfer_id].update_to(transfer)
            else:
                self._add(transfer)
        if all(row.isHidden() for row in self._rows.values()):
            self.hide()

    def _add(self, transfer: Transfer) -> None:
        row = ProgressRow(transfer)
        row.stop_requested.connect(lambda: self._transfer.stop(transfer.id))
        row.due.connect(lambda: self._show(row))
        self._rows[transfer.id] = row
        self._column.addWidget(row)

    def _show(self, row: ProgressRow) -> None:
        row.show()
        self.show()
