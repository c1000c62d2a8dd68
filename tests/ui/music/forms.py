"""The music form as its tests open it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.paths import resources
from beatra_desktop.ui.music.music_form import MusicForm

CONTROL = Qt.KeyboardModifier.ControlModifier
RECORDING = resources() / "samples" / "riverside-sketch.mp3"
SONG = MusicPrompt(prompt="slow piano waltz", title="Lamps", model="suno-5.5", instrumental=True)


@asynccontextmanager
async def open_form(bench: Any) -> AsyncIterator[MusicForm]:
    """Closed before its services are, as the window is."""
    form = MusicForm(bench.services)
    form.resize(380, 700)
    form.show()
    try:
        yield form
    finally:
        form.close()
        form.deleteLater()  # Qt aborts when Python's collector is the one that ends a window
