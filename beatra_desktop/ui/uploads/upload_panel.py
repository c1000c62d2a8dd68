"""The chosen upload in full: what went wrong, and what can be done, as real buttons."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.uploads import upload_deeds, upload_text
from beatra_desktop.ui.uploads.upload_deeds import Deed

_BUTTONS: Final = (
    Deed.USE, Deed.RETRY, Deed.TRY_NOW, Deed.STOP_RETRYING, Deed.SEND_FIRST, Deed.CANCEL,
    Deed.REMOVE, Deed.REVEAL, Deed.DETAILS,
)  # fmt: skip


class UploadPanel(Card):
    requested = Signal(str, str)
    """An upload's id, and the `Deed` that is wanted of it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("The chosen upload"))
        self._upload: Upload | None = None
        self._name = ElidedLabel(weight="strong", mode=Qt.TextElideMode.ElideMiddle)
        self._problem = Text(tone=Tone.DANGER, size="small")
        self.buttons = {
            deed: Button(upload_deeds.text(deed), icon=upload_deeds.icon(deed)) for deed in _BUTTONS
        }
        self._lay_out()
        self._connect()
        self.show_upload(None)

    @property
    def upload(self) -> Upload | None:
        return self._upload

    @property
    def name(self) -> str:
        return self._name.text()

    @property
    def problem(self) -> str:
        return self._problem.text()

    def show_upload(self, upload: Upload | None) -> None:
        """Show its newest state; None hides the panel."""
        self._upload = upload
        self.setVisible(upload is not None)
        if upload is None:
            return
        self.setAccessibleDescription(upload_text.spoken(upload, utc_now()))
        self._name.setText(upload.name)
        self._problem.setText(upload_text.problem(upload))
        self._problem.setVisible(bool(self._problem.text()))
        offered = upload_deeds.deeds(upload)
        for deed, button in self.buttons.items():
            button.setVisible(deed in offered)

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, margin, margin)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.add(self._name, self._problem, buttons)

    def _connect(self) -> None:
        for deed, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, deed=deed: self._request(deed))

    def _request(self, deed: Deed) -> None:
        if self._upload is not None:
            self.requested.emit(self._upload.id, deed.value)
