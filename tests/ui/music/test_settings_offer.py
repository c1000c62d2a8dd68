"""A song's own file brings its settings back, whatever else it is used for."""

from pathlib import Path
from typing import Any

from beatra_desktop.domain.music import MusicPrompt, SunoOptions
from beatra_desktop.domain.provenance import Provenance
from beatra_desktop.services import provenance
from beatra_desktop.ui.music.studio import Studio

PROMPT = MusicPrompt(
    prompt="slow piano waltz",
    title="Night",
    lyrics="[Verse]\nla la",
    model="suno-5.5",
    suno=SunoOptions(custom_mode=True, vocal_gender="f"),
)


def test_the_settings_of_a_dropped_song_fill_the_form(in_window: Any, tmp_path: Path) -> None:
    async def work(bench: Any, window: Any) -> None:
        studio: Studio = window.interior.studio
        sidecar = tmp_path / "Night.mp3.beatra.json"
        provenance.write_sidecar(tmp_path / "Night.mp3", Provenance(prompt=PROMPT, title="Night"))
        window.interior.arrivals.take([sidecar])
        await bench.until(studio.offer.use.isVisible)
        assert studio.offer.words == "“Night.mp3.beatra.json” tells how it was made."
        assert len(bench.services.uploads.uploads) == 0
        studio.offer.use.click()
        assert studio.form.prompt == PROMPT
        assert studio.offer.isHidden()

    in_window(work)


def test_a_sidecar_that_makes_no_sense_says_so_and_is_not_uploaded(
    in_window: Any, tmp_path: Path
) -> None:
    async def work(bench: Any, window: Any) -> None:
        sidecar = tmp_path / "x.beatra.json"
        sidecar.write_text("[[[[")
        window.interior.arrivals.take([sidecar])
        offer = window.interior.studio.offer
        await bench.until(offer.isVisible)
        assert offer.words == "“x.beatra.json” does not tell how a song was made."
        assert not offer.use.isVisible()
        assert len(bench.services.uploads.uploads) == 0

    in_window(work)


def test_other_files_are_uploaded_as_ever(in_window: Any, tmp_path: Path) -> None:
    async def work(bench: Any, window: Any) -> None:
        file = tmp_path / "notes.txt"
        file.write_text("no song")
        window.interior.arrivals.take([file])
        await bench.until(lambda: len(bench.services.uploads.uploads) == 1)
        await bench.until(lambda: "read provenance" not in _names(bench))
        assert window.interior.studio.offer.isHidden()

    in_window(work)


def _names(bench: Any) -> list[str]:
    names: list[str] = bench.services.collection._supervisor.names
    return names
