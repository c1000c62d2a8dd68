"""What is known of the selected files, and what can be done with them, as real buttons."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.uploads import KnownFile, Purpose, Use
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.library.files import file_text
from beatra_desktop.ui.library.files.file_text import NameOf
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant, below

SONGS_SHOWN: Final = 3


class FileDeed(StrEnum):
    USE = "use"
    AGAIN = "again"
    REVEAL = "reveal"
    COPY_ID = "copy_id"
    CHECK = "check"
    DETAILS = "details"
    FORGET = "forget"


_TESTS: Final[dict[FileDeed, Callable[[KnownFile], bool]]] = {
    FileDeed.USE: lambda file: (
        file.upload.purpose is Purpose.REFERENCE_AUDIO and file.upload.gone_at is None
    ),
    FileDeed.AGAIN: lambda file: not file.is_missing,
    FileDeed.COPY_ID: lambda file: file.upload.artifact_id is not None,
}
_FOR_ONE: Final = (FileDeed.USE, FileDeed.REVEAL, FileDeed.DETAILS)


def deeds(files: Sequence[KnownFile]) -> list[FileDeed]:
    """All that makes sense with every one of them."""
    return [
        deed
        for deed in FileDeed
        if files
        and (len(files) == 1 or deed not in _FOR_ONE)
        and all(_TESTS[deed](file) for file in files if deed in _TESTS)
    ]


class FilePanel(Pane):
    requested = Signal(str)
    """The `FileDeed` that is wanted of the selected files."""
    song_requested = Signal(str)
    """The song of a task is to be shown, by the task's id."""

    def __init__(self, *, name_of: NameOf, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent=parent)
        self.setAccessibleName(self.tr("The selected files"))
        self._name_of = name_of
        self._uses: tuple[Use, ...] = ()
        self._title = ElidedLabel(weight="strong")
        self._facts = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._advice = Text(tone=Tone.WARNING, size="small")
        self._used = Text(self.tr("Used in"), tone=Tone.SECONDARY, size="small")
        self._used.setWordWrap(False)
        self.songs = [Button("", variant=Variant.LINK) for _ in range(SONGS_SHOWN)]
        self._more_songs = Text(tone=Tone.SECONDARY, size="small")
        self.buttons = self._make_buttons()
        self._lay_out()
        for place, song in enumerate(self.songs):
            song.clicked.connect(lambda _checked=False, place=place: self._open_song(place))
        self.show_files([])

    @property
    def advice(self) -> str:
        return self._advice.text()

    @property
    def facts(self) -> str:
        return self._facts.text()

    @property
    def details_place(self) -> QPoint:
        return below(self.buttons[FileDeed.DETAILS])

    def show_files(self, files: Sequence[KnownFile]) -> None:
        """Their newest state; none hides the panel."""
        self.setVisible(bool(files))
        if not files:
            return
        one = files[0] if len(files) == 1 else None
        self._title.setText(one.upload.name if one else self._count(files))
        self._facts.setText(self._facts_of(one) if one else self._sum(files))
        self._advice.setText(file_text.advice(one) if one else "")
        self._advice.setVisible(bool(self._advice.text()))
        self._show_songs(one.used_by if one else ())
        offered = deeds(files)
        for deed, button in self.buttons.items():
            button.setVisible(deed in offered)

    def _make_buttons(self) -> dict[FileDeed, Button]:
        made = {
            FileDeed.USE: Button(self.tr("Use as reference"), icon=Icon.MUSIC),
            FileDeed.AGAIN: Button(self.tr("Upload again"), icon=Icon.UPLOAD),
            FileDeed.REVEAL: Button(self.tr("Show in folder"), icon=Icon.FOLDER),
            FileDeed.COPY_ID: Button(self.tr("Copy artifact id"), icon=Icon.COPY),
            FileDeed.CHECK: Button(self.tr("Check"), icon=Icon.CHECK_AGAIN),
            FileDeed.DETAILS: Button(self.tr("Details"), icon=Icon.INFO),
            FileDeed.FORGET: Button(self.tr("Forget"), icon=Icon.DELETE),
        }
        made[FileDeed.CHECK].setToolTip(
            self.tr("Look whether the file is there, and whether the service still knows it")
        )
        made[FileDeed.FORGET].setToolTip(
            self.tr("Take it out of the library; the file stays where it is")
        )
        for deed, button in made.items():
            button.clicked.connect(
                lambda _checked=False, deed=deed: self.requested.emit(deed.value)
            )
        return made

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, margin, margin)
        self.box.setSpacing(theme.GRID // 2)
        songs = QHBoxLayout()
        songs.setSpacing(theme.GRID // 2)
        for widget in (self._used, *self.songs, self._more_songs):
            songs.addWidget(widget)
        songs.addStretch(1)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.add(self._title, self._facts, self._advice, songs)
        self.box.addSpacing(theme.GRID // 2)
        self.add(buttons)

    def _request(self, deed: FileDeed, *_signal: object) -> None:
        self.requested.emit(deed.value)

    def _count(self, files: Sequence[KnownFile]) -> str:
        return self.tr("{n} files").format(n=format.count(len(files)))

    def _sum(self, files: Sequence[KnownFile]) -> str:
        return format.size(sum(file.upload.size for file in files))

    def _facts_of(self, file: KnownFile) -> str:
        upload, parts = file.upload, [file_text.purpose(file.upload.purpose)]
        parts += [file_text.kind(file), format.size(upload.size), self._name_of(upload.profile_id)]
        if upload.uploaded_at:
            when = format.absolute(upload.uploaded_at)
            parts.append(self.tr("uploaded {when}").format(when=when))
        if upload.rights_confirmed_at:
            when = format.absolute(upload.rights_confirmed_at)
            parts.append(self.tr("you may use it, as you said {when}").format(when=when))
        return " · ".join(parts)

    def _show_songs(self, uses: tuple[Use, ...]) -> None:
        self._uses = uses
        self._used.setVisible(bool(uses))
        for place, button in enumerate(self.songs):
            button.setVisible(place < len(uses))
            if place < len(uses):
                button.setText(format.short_name(uses[place].title))
                name = self.tr("Show the song {title}").format(title=uses[place].title)
                button.setAccessibleName(name)
        rest = len(uses) - SONGS_SHOWN
        self._more_songs.setText(self.tr("and {n} more").format(n=format.count(rest)))
        self._more_songs.setVisible(rest > 0)

    def _open_song(self, place: int) -> None:
        self.song_requested.emit(self._uses[place].task_id)
