"""How far the conversions are, and what became of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.converting import Conversion, ConversionState
from beatra_desktop.services.converting import ConversionService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.error_text import describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.library.songs.song import song_count
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe

BAR_PX: Final = 140


class ConversionBar(Pane):
    """Takes no room while nothing was converted; stays until it is dismissed."""

    reveal_requested = Signal(Path)

    def __init__(self, service: ConversionService, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._service = service
        self._words = Text(size="small")
        self._bar = ProgressBar(self.tr("Conversion"))
        self._bar.setFixedWidth(BAR_PX)
        self.cancel = Button(self.tr("Cancel"), variant=Variant.LINK)
        self.reveal = Button(self.tr("Show in folder"), variant=Variant.LINK)
        self.close_button = IconButton(Icon.CLOSE, self.tr("Dismiss"))
        self.box.addWidget(self._words, stretch=1)
        self.add(self._bar, self.cancel, self.reveal, self.close_button)
        self.cancel.clicked.connect(service.cancel_all)
        self.reveal.clicked.connect(self._on_reveal_clicked)
        self.close_button.clicked.connect(service.clear)
        for signal in (
            service.conversions.inserted,
            service.conversions.removed,
            service.conversions.changed,
        ):
            subscribe(self, signal, self._refresh)
        self._refresh()

    @property
    def words(self) -> str:
        return self._words.text()

    def _refresh(self, *_rows: int) -> None:
        jobs = list(self._service.conversions)
        self.setVisible(bool(jobs))
        live = [job for job in jobs if job.state.is_live]
        for widget in (self._bar, self.cancel):
            widget.setVisible(bool(live))
        self.close_button.setVisible(not live)
        self.reveal.setVisible(not live and any(job.path for job in jobs))
        self._words.setText(self._progress(jobs, live) if live else self._outcome(jobs))
        failed = any(job.failure for job in jobs) and not live
        self._words.set_tone(Tone.DANGER if failed else Tone.NEUTRAL)
        if live:
            self._bar.set_fraction(sum(_share(job) for job in jobs) / len(jobs))

    def _progress(self, jobs: Sequence[Conversion], live: Sequence[Conversion]) -> str:
        if len(jobs) == 1:
            title = format.isolated(live[0].title)
            return self.tr("Converting “{title}” to {format}…").format(
                title=title, format=live[0].format.value.upper()
            )
        done = format.count(len(jobs) - len(live) + 1)
        words = self.tr("Converting song {done} of {total}…")
        return words.format(done=done, total=format.count(len(jobs)))

    def _outcome(self, jobs: Sequence[Conversion]) -> str:
        parts = []
        done = sum(job.state is ConversionState.DONE for job in jobs)
        canceled = sum(job.state is ConversionState.CANCELED for job in jobs)
        failures = [job.failure for job in jobs if job.failure is not None]
        if done:
            parts.append(self.tr("Converted: {songs}.").format(songs=song_count(done)))
        if canceled:
            parts.append(
                self.tr("Stopped: {songs}, nothing was left behind.").format(
                    songs=song_count(canceled)
                )
            )
        if failures:
            parts.append(describe(failures[0]).sentence)
        if len(failures) > 1:
            parts.append(
                self.tr("Not converted either: {songs}.").format(
                    songs=song_count(len(failures) - 1)
                )
            )
        return format.sentences(parts)

    def _on_reveal_clicked(self) -> None:
        made = [job.path for job in self._service.conversions if job.path is not None]
        if made:
            self.reveal_requested.emit(made[-1])


def _share(job: Conversion) -> float:
    return job.fraction if job.state.is_live else 1.0
