"""One upload: where it stands, and what can be done about it."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import ElidedLabel, IconLabel, Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone, Variant, below
from beatra_desktop.ui.uploads import upload_text
from beatra_desktop.ui.uploads.rights_question import RightsQuestion

_SHOWING_PROGRESS: Final = (UploadStatus.INSPECTING, UploadStatus.SENDING)


class UploadRow(Card):
    """`reference_requested(upload_id)` when the user wants a song from this recording."""

    reference_requested = Signal(str)

    def __init__(
        self, service: UploadService, upload: Upload, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(upload.name, parent=parent)
        self._service = service
        self._upload = upload
        name = upload.name
        self._icon = IconLabel(Icon.FILE, "")
        self._name = ElidedLabel(name, weight="strong")
        self._status = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._problem = Text(tone=Tone.DANGER, size="small")
        self.bar = ProgressBar(name)
        self.question = RightsQuestion(name)
        self.retry = Button(self.tr("Try again"), icon=Icon.RETRY)
        self.use = Button(self.tr("Use as reference"), icon=Icon.MUSIC)
        self.details = Button(self.tr("Details"), variant=Variant.LINK)
        self.cancel = IconButton(Icon.CLOSE, self.tr("Cancel {name}").format(name=name))
        self.remove = IconButton(Icon.DELETE, self.tr("Remove {name}").format(name=name))
        self._lay_out()
        self._connect()
        self.refresh(upload, utc_now())

    @property
    def upload(self) -> Upload:
        return self._upload

    @property
    def status_text(self) -> str:
        return self._status.text()

    @property
    def problem_text(self) -> str:
        return self._problem.text()

    def refresh(self, upload: Upload, now: datetime) -> None:
        """Show the upload's newest state; `now` is for the countdown."""
        self._upload = upload
        icon, tone = upload_text.look(upload)
        self._icon.set_icon(icon, "", tone=tone)
        self._status.setText(upload_text.status_line(upload, now))
        self._status.setToolTip(upload_text.phase(upload))
        self.setAccessibleDescription(upload_text.spoken(upload, now))
        problem = upload_text.problem(upload)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.bar.setVisible(upload.status in _SHOWING_PROGRESS)
        self.bar.set_fraction(upload_text.fraction(upload))
        self._offer(upload)

    def _offer(self, upload: Upload) -> None:
        """Show the buttons that do something now."""
        status = upload.status
        is_reference = upload.purpose is Purpose.REFERENCE_AUDIO
        asking = status is UploadStatus.ASKING
        usable = status is UploadStatus.UPLOADED and is_reference
        again = status in (UploadStatus.FAILED, UploadStatus.CANCELED, UploadStatus.UNKNOWN)
        self.question.setVisible(asking)
        self.use.setVisible(usable)
        self.retry.setVisible(again)
        self.cancel.setVisible(status.is_live and not asking)
        self.remove.setVisible(not status.is_live)
        self.details.setVisible(not status.is_live)
        self._actions.setVisible(usable or again or not status.is_live)

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, theme.GRID, theme.GRID, theme.GRID)
        self.box.setSpacing(theme.GRID // 2)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._icon)
        head.addWidget(self._name, stretch=1)
        head.addWidget(self.cancel)
        head.addWidget(self.remove)
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, theme.GRID // 2, 0, 0)
        row.setSpacing(theme.GRID)
        for button in (self.use, self.retry, self.details):
            row.addWidget(button)
        row.addStretch(1)
        self.add(head, self._status, self.bar, self._problem, self.question, self._actions)

    def _connect(self) -> None:
        service, upload_id = self._service, self._upload.id
        self.question.confirmed.connect(lambda: service.confirm_rights(upload_id))
        self.question.declined.connect(lambda: service.cancel(upload_id))
        self.cancel.clicked.connect(lambda: service.cancel(upload_id))
        self.retry.clicked.connect(lambda: service.retry(upload_id))
        self.remove.clicked.connect(lambda: service.remove(upload_id))
        self.use.clicked.connect(lambda: self.reference_requested.emit(upload_id))
        self.details.clicked.connect(self._on_details_clicked)

    def _on_details_clicked(self) -> None:
        place: QPoint = below(self.details)
        DetailsPopover(upload_text.upload_details(self._upload), parent=self).popup(place)
