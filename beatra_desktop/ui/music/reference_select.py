"""What can be a reference at once: recordings that are uploaded, and songs made here."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QStyleOptionComboBox, QWidget

from beatra_desktop.domain.music import Clip, Delivery, Reference
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.ui.fields import Select
from beatra_desktop.ui.tips import tip

OFFERED: Final = 30
"""The newest of each kind on offer; older ones are dropped on the window or chosen as files."""
NAME_CHARACTERS: Final = 6
AROUND_PX: Final = 40
"""The padding of the style sheet and the arrow."""
UPLOAD: Final = "upload "
CLIP: Final = "clip "


class ReferenceSelect(Select):
    """`upload_chosen` and `clip_chosen` tell ids; `nothing_chosen` when the user wants none."""

    upload_chosen = Signal(str)
    clip_chosen = Signal(str)
    nothing_chosen = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Reference recording"))
        self.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(NAME_CHARACTERS)
        self._uploads = services.uploads.uploads
        self._clips = services.music.clips
        self._active = services.profiles.active
        self._chosen: Reference | None = None
        self.activated.connect(self._on_activated)

    def show_choice(self, reference: Reference | None) -> None:
        """Offer what there is now, with this recording chosen, whether it is on offer or not."""
        self._chosen = reference
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("None"), "")
            for upload in islice(self._offered_uploads(), OFFERED):
                self.addItem(upload.name, f"{UPLOAD}{upload.id}")
            chosen = f"{UPLOAD}{reference.upload_id}" if reference is not None else ""
            if reference is not None and self.findData(chosen) < 0:
                self.addItem(reference.name, chosen)
            self._add_clips()
            self.choose(chosen)
        self.setToolTip(tip(reference.name) if reference is not None else "")

    def showPopup(self) -> None:
        """Songs come and go all the time; what is on offer is looked up when it is asked for."""
        self.show_choice(self._chosen)
        super().showPopup()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """A long name ends in …; the whole of it is the tooltip."""
        super().initStyleOption(option)
        width = self.width() - AROUND_PX
        mode = Qt.TextElideMode.ElideMiddle
        option.currentText = self.fontMetrics().elidedText(self.currentText(), mode, width)

    def _add_clips(self) -> None:
        clips = list(islice(self._offered_clips(), OFFERED))
        if clips:
            self.insertSeparator(self.count())
        for clip in clips:
            name = clip.path.name if clip.path is not None else clip.title
            self.addItem(self.tr("My song: {name}").format(name=name), f"{CLIP}{clip.id}")

    def _offered_uploads(self) -> Iterator[Upload]:
        """Each recording once, the newest first."""
        seen: set[str] = set()
        for upload in self._uploads:
            key = upload.artifact_id or upload.id
            if self._is_usable(upload) and key not in seen:
                seen.add(key)
                yield upload

    def _is_usable(self, upload: Upload) -> bool:
        is_ours = upload.profile_id == self._active.value.id
        is_reference = upload.purpose is Purpose.REFERENCE_AUDIO
        return is_ours and is_reference and upload.status is UploadStatus.UPLOADED

    def _offered_clips(self) -> Iterator[Clip]:
        """The saved ones, the newest first."""
        for row in reversed(range(len(self._clips))):
            clip = self._clips[row]
            if clip.delivery is Delivery.SAVED and clip.path is not None and not clip.deleted_at:
                yield clip

    def _on_activated(self, row: int) -> None:
        chosen = str(self.itemData(row))
        if chosen.startswith(UPLOAD):
            self.upload_chosen.emit(chosen.removeprefix(UPLOAD))
        elif chosen.startswith(CLIP):
            self.clip_chosen.emit(chosen.removeprefix(CLIP))
        else:
            self.nothing_chosen.emit()
