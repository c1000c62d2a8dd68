"""The recording a song should follow, if any."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Reference
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Select
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.uploads import upload_text
from beatra_desktop.ui.uploads.rights_question import RightsQuestion

OFFERED: Final = 30
"""The newest recordings on offer; older ones are found among the uploads."""


class ReferencePicker(QWidget):
    """`changed` when another recording is chosen, and when the chosen one is through."""

    changed = Signal()
    asked = Signal()
    """The question for the rights is on show now."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = services.uploads
        self._uploads = services.uploads.uploads
        self._active = services.profiles.active
        self._reference: Reference | None = None
        self.select = Select(self.tr("Reference recording"))
        self.choose_file = Button(self.tr("Choose a file…"), icon=Icon.UPLOAD)
        self._state = Text(size="small")
        self.bar = ProgressBar(self.tr("Reference recording"))
        self.question = RightsQuestion(self.tr("Reference recording"))
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def reference(self) -> Reference | None:
        """The chosen recording, with its artifact as soon as it has one."""
        upload = self._upload()
        if self._reference is None or upload is None:
            return self._reference
        return Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)

    def choose(self, reference: Reference | None) -> None:
        self._reference = reference
        self._refresh()
        self.changed.emit()

    def choose_upload(self, upload_id: str) -> None:
        upload = self._uploads.get(upload_id)
        if upload is not None:
            self.choose(
                Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
            )

    def add_file(self, path: Path) -> None:
        """Upload a recording and choose it."""
        [upload_id] = self._service.add([path], purpose=Purpose.REFERENCE_AUDIO)
        self.choose_upload(upload_id)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.select, stretch=1)
        row.addWidget(self.choose_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(row)
        for widget in (self._state, self.bar, self.question):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.select.activated.connect(self._on_activated)
        self.choose_file.clicked.connect(self._on_choose_file_clicked)
        self.question.confirmed.connect(self._on_confirmed)
        self.question.declined.connect(self._on_declined)
        for signal in (self._uploads.inserted, self._uploads.removed, self._uploads.reset):
            subscribe(self, signal, self._refresh)
        subscribe(self, self._uploads.changed, self._on_upload_changed)
        subscribe(self, self._active.changed, self._refresh)

    def _upload(self) -> Upload | None:
        return self._uploads.get(self._reference.upload_id) if self._reference else None

    def _offered(self) -> list[Upload]:
        """Each recording once, the newest first."""
        found: dict[str, Upload] = {}
        for upload in self._uploads:
            if self._is_usable(upload):
                found.setdefault(upload.artifact_id or upload.id, upload)
            if len(found) == OFFERED:
                break
        return list(found.values())

    def _is_usable(self, upload: Upload) -> bool:
        is_ours = upload.profile_id == self._active.value.id
        is_reference = upload.purpose is Purpose.REFERENCE_AUDIO
        return is_ours and is_reference and upload.status is UploadStatus.UPLOADED

    def _refresh(self, *_changes: object) -> None:
        with QSignalBlocker(self.select):
            self.select.clear()
            self.select.addItem(self.tr("None"), "")
            for upload in self._offered():
                self.select.addItem(upload.name, upload.id)
            chosen = self._reference
            if chosen is not None and self.select.findData(chosen.upload_id) < 0:
                self.select.addItem(chosen.name, chosen.upload_id)
            self.select.choose(chosen.upload_id if chosen else "")
        self._show_state()

    def _show_state(self) -> None:
        upload = self._upload()
        status = upload.status if upload is not None else UploadStatus.UPLOADED
        words = ""
        if upload is not None and status is not UploadStatus.UPLOADED:
            words = upload_text.problem(upload) or upload_text.status_line(upload, utc_now())
        self._state.setText(words)
        self._state.set_tone(Tone.DANGER if status is UploadStatus.FAILED else Tone.SECONDARY)
        self._state.setVisible(bool(words) and status is not UploadStatus.ASKING)
        self._ask(asking=status is UploadStatus.ASKING)
        self.bar.setVisible(status in (UploadStatus.INSPECTING, UploadStatus.SENDING))
        self.bar.set_fraction(upload_text.fraction(upload) if upload is not None else 0.0)

    def _ask(self, *, asking: bool) -> None:
        is_news = asking and self.question.isHidden()
        self.question.setVisible(asking)
        if is_news:
            self.asked.emit()

    def _on_upload_changed(self, row: int) -> None:
        upload = self._uploads[row]
        if upload.status is UploadStatus.UPLOADED and upload.purpose is Purpose.REFERENCE_AUDIO:
            self._refresh()
        if self._reference is not None and upload.id == self._reference.upload_id:
            self._show_state()
            self.changed.emit()

    def _on_activated(self, row: int) -> None:
        upload_id = str(self.select.itemData(row))
        if upload_id:
            self.choose_upload(upload_id)
        else:
            self.choose(None)

    def _on_choose_file_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a recording"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Recordings (*.mp3 *.wav *.flac)"))
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, file: str) -> None:
        self.add_file(Path(file))

    def _on_confirmed(self) -> None:
        if self._reference is not None:
            self._service.confirm_rights(self._reference.upload_id)

    def _on_declined(self) -> None:
        if self._reference is not None:
            upload_id = self._reference.upload_id
            self.choose(None)
            self._service.cancel(upload_id)
