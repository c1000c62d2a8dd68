"""What is known of one song: its rating, what was asked for, what it says, where it comes from."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.details import Detail
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.library.songs.song import Song, song_count
from beatra_desktop.ui.library.songs.star_row import StarRow
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone

MARGIN_PX: Final = 2 * theme.GRID


class DetailsPanel(Pane):
    """Says so when nothing, or more than one song, is selected."""

    play_requested = Signal(str)
    edit_requested = Signal(str)
    """With the settings of the task that made it."""
    download_requested = Signal(str)
    locate_requested = Signal(str)
    rated = Signal(str, int)
    favour_toggled = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self.setAccessibleName(self.tr("Details of the song"))
        self._song: Song | None = None
        self._title = Text(weight="strong")
        self._stars = StarRow()
        self._heart = IconButton(Icon.HEART, self.tr("Favourite"), shortcut="F")
        self._heart.setCheckable(True)
        self._problem = Text(tone=Tone.DANGER, size="small")
        self._nothing = Text(
            self.tr("Select a song to see where it comes from."), tone=Tone.SECONDARY
        )
        self.play = Button(self.tr("Play"), icon=Icon.PLAY)
        self.use = Button(self.tr("Use these settings"), icon=Icon.EDIT)
        self.download = Button(self.tr("Download again"), icon=Icon.DOWNLOAD)
        self.locate = Button(self.tr("Locate…"), icon=Icon.FOLDER_SEARCH)
        self._body = QWidget()
        self._facts = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.show_song(None)

    @property
    def song(self) -> Song | None:
        return self._song

    @property
    def text(self) -> str:
        """Everything it says, for tests and screen readers."""
        labels = [*self._body.findChildren(Text), *self._body.findChildren(ElidedLabel)]
        return "\n".join(dict.fromkeys(label.text() for label in labels if not label.isHidden()))

    def show_song(self, song: Song | None, *, selected: int = 0) -> None:
        if song is not None and song == self._song and selected == 1:
            return
        self._song = song if selected == 1 else None
        several = self.tr("{songs} are selected.").format(songs=song_count(selected))
        one = self.tr("Select a song to see where it comes from.")
        self._nothing.setText(several if selected > 1 else one)
        self._nothing.setVisible(self._song is None)
        self._body.setVisible(self._song is not None)
        if self._song is not None:
            self._fill(self._song)

    def _fill(self, song: Song) -> None:
        self._title.setText(song.title)
        self._stars.show_rating(song.clip.rating)
        self._heart.setChecked(song.clip.is_favourite)
        problem = self._why(song)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.play.setVisible(song.is_playable)
        self.download.setVisible(not song.is_playable)
        self.locate.setVisible(song.is_missing or not song.is_saved)
        _empty(self._facts)
        for detail in _texts(song):
            self._facts.addWidget(_Block(detail))
        for detail in _lines(song):
            self._facts.addWidget(_Line(detail))

    def _why(self, song: Song) -> str:
        if song.is_missing:
            return self.tr(
                "Its file is not where it was saved. Download it again, which costs nothing while "
                "the service keeps it, or locate the file."
            )
        failure = song.clip.failure
        return describe(failure, Kept.CLIP).sentence if failure is not None else ""

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in (self.play, self.use, self.download, self.locate):
            flow.addWidget(button)
        rating = QHBoxLayout()
        rating.setSpacing(theme.GRID // 2)
        rating.addWidget(self._stars)
        rating.addWidget(self._heart)
        rating.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for item in (self._title, rating, self._problem, buttons, self._facts):
            column.addWidget(item) if isinstance(item, QWidget) else column.addLayout(item)
        inner = QWidget()
        inner.setProperty("plain", "true")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        outer.addWidget(self._nothing)
        outer.addWidget(self._body)
        outer.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.accessibleName())
        area.setWidget(inner)
        self.box.addWidget(area)

    def _connect(self) -> None:
        self.play.clicked.connect(lambda: self._tell(self.play_requested))
        self.download.clicked.connect(lambda: self._tell(self.download_requested))
        self.locate.clicked.connect(lambda: self._tell(self.locate_requested))
        self._heart.clicked.connect(lambda: self._tell(self.favour_toggled))
        self.use.clicked.connect(self._on_use_clicked)
        self._stars.rated.connect(self._on_rated)

    def _tell(self, signal: object) -> None:
        if self._song is not None:
            signal.emit(self._song.id)  # type: ignore[attr-defined]  # one of ours

    def _on_use_clicked(self) -> None:
        if self._song is not None:
            self.edit_requested.emit(self._song.clip.task_id)

    def _on_rated(self, stars: int) -> None:
        if self._song is not None:
            self.rated.emit(self._song.id, stars)


class _Block(QWidget):
    """A longer text with its name and a button that copies it."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(_head(detail))
        words = Text(detail.value)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)


class _Line(QWidget):
    """A short fact: its name, its value, and a button that copies it."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        label = Text(detail.label, tone=Tone.SECONDARY, size="small")
        label.setWordWrap(False)
        value = ElidedLabel(detail.value, mode=Qt.TextElideMode.ElideMiddle, size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(label)
        row.addWidget(value, stretch=1)
        row.addWidget(_copy_button(detail))


def _head(detail: Detail) -> QHBoxLayout:
    label = Text(detail.label, tone=Tone.SECONDARY, size="small")
    label.setWordWrap(False)
    row = QHBoxLayout()
    row.addWidget(label, stretch=1)
    row.addWidget(_copy_button(detail))
    return row


def _copy_button(detail: Detail) -> IconButton:
    name = _tr("Copy {label}").format(label=detail.label)
    button = IconButton(Icon.COPY, name)
    button.clicked.connect(lambda: QGuiApplication.clipboard().setText(detail.value))
    return button


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _texts(song: Song) -> list[Detail]:
    task = song.task
    lyrics = song.clip.lyrics or task.prompt.lyrics
    prompt = task.prompt.prompt
    pairs = ((_tr("Prompt"), prompt), (_tr("Style"), song.clip.tags), (_tr("Lyrics"), lyrics))
    return [Detail(label, value) for label, value in pairs if value]


def _lines(song: Song) -> list[Detail]:
    pairs = (*_of_clip(song.clip), *_of_task(song.task))
    return [Detail(label, value) for label, value in pairs if value]


def _of_clip(clip: Clip) -> tuple[tuple[str, str | None], ...]:
    seconds = clip.duration_seconds
    return (
        (_tr("Length"), format.duration(seconds) if seconds is not None else None),
        (_tr("File"), str(clip.path) if clip.path is not None else None),
        (_tr("Saved"), format.absolute(clip.saved_at) if clip.saved_at else None),
        (_tr("Artifact id"), clip.artifact_id),
    )


def _of_task(task: MusicTask) -> tuple[tuple[str, str | None], ...]:
    billing, prompt = task.billing, task.prompt
    charged = billing.charged_credits if billing is not None else None
    cost = format.credits(charged) if charged else _tr("not reported by the service")
    return (
        (_tr("Reference"), prompt.reference.name if prompt.reference else None),
        (_tr("Model asked"), prompt.model),
        (_tr("Model"), task.resolved_model),
        (_tr("Cost"), cost),
        (_tr("Created"), format.absolute(task.created_at)),
        (_tr("Task id"), task.remote_id),
        (_tr("Request id"), task.request_id),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("DetailsPanel", text)
