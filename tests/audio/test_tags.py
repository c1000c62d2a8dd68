"""Tags that stay, and sound that does not change."""

import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import pytest

from beatra_desktop.audio import UnsupportedFormat, probe, read_tags, verify, write_tags

if TYPE_CHECKING:
    from tests.audio.conftest import Inspector, Maker

NAMES: Final = ("a.mp3", "a.wav", "a.flac", "a.ogg", "a.opus", "a.m4a")
OURS: Final = {
    "title": "Lämps along the 河",
    "artist": "beatra",
    "comment": "made with Beatra Desktop",
    "lyrics": "[Verse]\nLamps along the river\n\n[Chorus]\nStay; until = it snows",
    "beatra_task_id": "tsk_01K8Z6A1",
    "beatra_request_id": "req_01K8Z4T5Q2W7",
    "beatra_model": "suno-5.5",
    "beatra_prompt": 'slow piano "waltz", \\close mic\\ {brushes}\nclear ending 🎹',
}


@pytest.mark.parametrize("name", NAMES)
def test_tags_round_trip_and_the_sound_stays(
    make: "Maker", inspector: "Inspector", name: str
) -> None:
    path = make(name)
    packets, samples = inspector.packets(path), inspector.samples(path)
    write_tags(path, OURS)
    assert read_tags(path) == OURS
    assert probe(path).title == OURS["title"]
    assert inspector.packets(path) == packets
    assert (inspector.samples(path) == samples).all()
    assert verify(path).duration_seconds == pytest.approx(3.0, abs=0.05)
    assert list(make.folder.iterdir()) == [path]


@pytest.mark.parametrize("name", NAMES)
def test_other_programs_find_the_usual_fields(make: "Maker", name: str) -> None:
    path = make(name)
    write_tags(path, OURS)
    with av.open(str(path)) as container:
        shown = {**container.metadata, **container.streams.audio[0].metadata}
    for field in ("title", "artist", "comment"):
        assert shown[field] == OURS[field]


@pytest.mark.parametrize("name", NAMES)
def test_earlier_tags_stay_unless_replaced_or_removed(make: "Maker", name: str) -> None:
    path = make(name, tags={"title": "old", "artist": "somebody", "genre": "waltz"})
    write_tags(path, {"title": "new", "beatra_model": "suno-5.5", "beatra_prompt": "slow"})
    write_tags(path, {"artist": "", "beatra_prompt": "", "Beatra_Task_ID": "tsk_1"})
    assert read_tags(path) == {
        "title": "new",
        "genre": "waltz",
        "beatra_model": "suno-5.5",
        "beatra_task_id": "tsk_1",
    }


@pytest.mark.parametrize("name", NAMES)
def test_long_lyrics_fit(make: "Maker", name: str) -> None:
    lyrics = "".join(f"Line {number} of a long song\n" for number in range(300))[:5_000]
    path = make(name)
    write_tags(path, {"lyrics": lyrics, "beatra_prompt": lyrics})
    assert read_tags(path) == {"lyrics": lyrics, "beatra_prompt": lyrics}


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.m4a"])
def test_a_cover_stays(make: "Maker", inspector: "Inspector", name: str) -> None:
    path = make.with_cover(make(name))
    cover, packets = inspector.cover(path), inspector.packets(path)
    write_tags(path, OURS)
    assert len(cover) > 100
    assert inspector.cover(path) == cover
    assert inspector.packets(path) == packets
    assert read_tags(path) == OURS


def test_a_nul_does_not_cut_a_tag(make: "Maker") -> None:
    path = make("a.mp3")
    write_tags(path, {"beatra_prompt": "before\0after"})
    assert read_tags(path) == {"beatra_prompt": "beforeafter"}


@pytest.mark.parametrize("value", ["somebody", "[1, 2]", '"text"', "{broken"])
def test_a_foreign_value_in_the_field_we_use_survives(make: "Maker", value: str) -> None:
    path = make("a.wav", tags={"encoded_by": value})
    write_tags(path, {"beatra_model": "suno-5.5"})
    assert read_tags(path) == {"encoded_by": value, "beatra_model": "suno-5.5"}


@pytest.mark.parametrize("name", ["a.aiff", "a.mka"])
def test_formats_without_a_place_for_tags_are_refused(make: "Maker", name: str) -> None:
    path = make(name)
    before = path.read_bytes()
    with pytest.raises(UnsupportedFormat, match=name):
        write_tags(path, OURS)
    assert path.read_bytes() == before
    assert list(make.folder.iterdir()) == [path]


@pytest.fixture
def fill_disk() -> Iterator[Callable[[], None]]:
    """From its call on, no file may grow over 20 kB."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_the_file_as_it_was(
    make: "Maker", name: str, fill_disk: Callable[[], None]
) -> None:
    path = make(name, seconds=10.0)
    before = path.read_bytes()
    fill_disk()
    with pytest.raises(OSError, match="too large"):
        write_tags(path, OURS)
    assert path.read_bytes() == before
    assert list(make.folder.iterdir()) == [path]


def test_an_old_tag_at_the_end_of_an_mp3_does_not_matter(
    make: "Maker", inspector: "Inspector"
) -> None:
    path = make("a.mp3")
    samples = inspector.samples(path)
    with path.open("ab") as file:
        file.write(b"TAG" + b"old title".ljust(125, b"\0"))
    write_tags(path, OURS)
    assert read_tags(path) == OURS
    assert (inspector.samples(path) == samples).all()


def test_permissions_stay(make: "Maker") -> None:
    path: Path = make("a.mp3")
    path.chmod(0o640)
    write_tags(path, OURS)
    assert path.stat().st_mode & 0o777 == 0o640
