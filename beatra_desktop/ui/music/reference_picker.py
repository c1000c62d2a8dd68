"""The recording a song should follow, if any: an upload, a file, or a song made here."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Clip, Delivery, Reference
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.reference_select import ReferenceSelect
from beatra_desktop.ui.stacking_row import StackingRow
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.uploads import upload_text
from beatra_desktop.ui.uploads.rights_question import RightsQuestion


class ReferencePicker(QWidget):
    """`changed` when another recording is chosen; `moved` when the chosen one gets on."""

    changed = Signal()
    moved = Signal()
    asked = Signal()
    """The question for the rights is on show now."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = services.uploads
        self._uploads = services.uploads.uploads
        self._clips = services.music.clips
        self._reference: Reference | None = None
        self.select = ReferenceSelect(services)
        self.choose_file = Button(self.tr("Choose a file…"), icon=Icon.UPLOAD)
        self._state = Text(size="small")
        self.bar = ProgressBar(self.tr("Reference recording"))
        self.question = RightsQuestion(self.tr("Reference recording"))
        self._lay_out()
        self._connect()
        subscribe(self, services.profiles.active.changed, self._refresh)
        self._refresh()

    @property
    def reference(self) -> Reference | None:
        """The chosen recording, with its artifact as soon as it has one."""
        upload = self._upload()
        return self._reference if upload is None else _reference_to(upload)

    @property
    def is_on_its_way(self) -> bool:
        """Whether it will have its artifact without being chosen again."""
        upload = self._upload()
        return upload is not None and upload.status.is_live

    def choose(self, reference: Reference | None) -> None:
        self._reference = reference
        self._refresh()
        self.changed.emit()

    def choose_upload(self, upload_id: str) -> None:
        upload = self._uploads.get(upload_id)
        if upload is not None:
            self.choose(_reference_to(upload))

    def choose_clip(self, clip_id: str) -> None:
        """Make a song of one's own the reference: it is uploaded unless it is already."""
        clip = self._clips.get(clip_id)
        if clip is not None and clip.path is not None:
            self.choose_upload(self._service.add_own(clip.path))

    def add_file(self, path: Path) -> None:
        """Upload a recording and choose it; a song made here is known by where it lies."""
        clip = self._own_clip(path)
        if clip is not None:
            self.choose_clip(clip.id)
        else:
            [upload_id] = self._service.add([path], purpose=Purpose.REFERENCE_AUDIO)
            self.choose_upload(upload_id)

    def _own_clip(self, path: Path) -> Clip | None:
        """The saved song that lies there, if it is one of the app's."""
        saved = (clip for clip in self._clips if clip.delivery is Delivery.SAVED)
        return next((clip for clip in saved if clip.path == path), None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(StackingRow(self.select, self.choose_file))
        for widget in (self._state, self.bar, self.question):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.select.upload_chosen.connect(self.choose_upload)
        self.select.clip_chosen.connect(self.choose_clip)
        self.select.nothing_chosen.connect(lambda: self.choose(None))
        self.choose_file.clicked.connect(self._on_choose_file_clicked)
        self.question.confirmed.connect(self._on_confirmed)
        self.question.declined.connect(self._on_declined)
        for signal in (self._uploads.inserted, self._uploads.removed, self._uploads.reset):
            subscribe(self, signal, self._refresh)
        subscribe(self, self._uploads.changed, self._on_upload_changed)

    def _upload(self) -> Upload | None:
        return self._uploads.get(self._reference.upload_id) if self._reference else None

    def _refresh(self, *_changes: object) -> None:
        self.select.show_choice(self._reference)
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
            self.moved.emit()

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


def _reference_to(upload: Upload) -> Reference:
    return Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
