"""What a song's file tells about itself, and what is made of files that only seem to be songs."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.audio.convert import AudioFormat, convert
from beatra_desktop.audio.tags import read_tags, write_tags
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MinimaxOptions, MusicPrompt, Reference, SunoOptions
from beatra_desktop.domain.provenance import Provenance
from beatra_desktop.domain.records import replace
from beatra_desktop.services import provenance

LYRICS = "[Verse]\nLamps along the river\n河の灯り\n" * 60
WHOLE = Provenance(
    prompt=MusicPrompt(
        prompt='slow piano "waltz", {brushes}',
        model="auto",
        title="Night",
        lyrics=LYRICS,
        reference=Reference(upload_id=UploadId("u1"), name="hum.wav", artifact_id="art_1"),
        suno=SunoOptions(custom_mode=True, vocal_gender="f", style_weight=0.4),
        minimax=MinimaxOptions(lyrics_optimizer=False),
    ),
    title="Night (1)",
    index=1,
    lyrics=LYRICS + "sung",
    tags="piano, waltz",
    resolved_model="suno-5.5",
    task_id="tsk_1",
    request_id="req_1",
    artifact_id="art_9",
    created_at=datetime(2026, 11, 26, 1, 2, 3, tzinfo=UTC),
    completed_at=datetime(2026, 11, 26, 1, 4, 3, tzinfo=UTC),
)


@pytest.fixture(params=list(AudioFormat))
def song(request: Any, tone: Path) -> Path:
    target = tone.with_name(f"song.{request.param.value}")
    convert(tone, target, format=request.param)
    return target


def test_a_song_of_any_format_tells_everything_in_its_tags(song: Path) -> None:
    provenance.stamp(song, WHOLE)
    assert provenance.read(song) == WHOLE
    assert read_tags(song)["title"] == "Night (1)"
    assert verify(song).duration_seconds == pytest.approx(8.0, abs=0.1)


def test_the_sidecar_tells_it_where_the_tags_do_not(tone: Path) -> None:
    assert provenance.read(tone) is None
    provenance.write_sidecar(tone, WHOLE)
    sidecar = provenance.sidecar_of(tone)
    assert sidecar.name == "tone.wav.beatra.json"
    stored = json.loads(sidecar.read_text())
    assert (stored["format"], stored["version"]) == ("beatra-song", 1)
    assert provenance.read(tone) == WHOLE
    assert provenance.read(sidecar) == WHOLE


def test_a_disk_that_takes_no_sidecar_costs_nothing_but_the_sidecar(tone: Path) -> None:
    provenance.sidecar_of(tone).mkdir()
    provenance.accompany(tone, WHOLE)
    assert provenance.read(tone) is None
    assert list(provenance.sidecar_of(tone).iterdir()) == []


def test_the_sidecar_moves_along(tone: Path) -> None:
    provenance.write_sidecar(tone, WHOLE)
    target = tone.parent / "deep" / "other.wav"
    provenance.move_with_sidecar(tone, target)
    assert provenance.read(target) == WHOLE
    assert not tone.exists()
    assert not provenance.sidecar_of(tone).exists()


def test_songs_of_the_first_version_are_read_as_far_as_they_tell(tone: Path) -> None:
    write_tags(tone, {"beatra_prompt": "a waltz", "beatra_model": "suno-5.5", "lyrics": "la"})
    found = provenance.read(tone)
    assert found is not None
    assert found.prompt == MusicPrompt(prompt="a waltz", lyrics="la")
    assert found.resolved_model == "suno-5.5"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe\x00garbage",
        b"[" * 100_000,
        b'{"format": "beatra-song"}',
        b'{"format": "beatra-song", "version": 2, "prompt": {"prompt": "x"}}',
        b'{"format": "beatra-song", "version": 1, "prompt": {"prompt": 5}}',
        b'{"format": "beatra-song", "version": 1, "prompt": {"prompt": "  "}}',
        b'{"format": "beatra-song", "version": 1, "prompt": {"prompt": "x"}, "created_at": "no"}',
        b'{"format": "other", "version": 1, "prompt": {"prompt": "x"}}',
        b'{"format": "beatra-song", "version": 1, "prompt": {"prompt": "%s"}}' % (b"x" * 300_000),
    ],
)
def test_a_sidecar_that_makes_no_sense_is_none(tone: Path, data: bytes) -> None:
    provenance.sidecar_of(tone).write_bytes(data)
    assert provenance.read(provenance.sidecar_of(tone)) is None
    assert provenance.read(tone) is None


def test_what_steers_a_screen_is_left_out() -> None:
    bad = replace(WHOLE, prompt=MusicPrompt(prompt="a\x1b[31mwaltz\x00\x7f\nslow"))
    found = provenance.decode(provenance.encode(bad))
    assert found is not None
    assert found.prompt.prompt == "a[31mwaltz\nslow"


def test_unknown_fields_of_a_later_version_are_ignored() -> None:
    stored = json.loads(provenance.encode(WHOLE))
    stored["prompt"]["mood"] = {"much": [1, 2]}
    assert provenance.decode(json.dumps(stored)) == WHOLE


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "song.mp3"
    os.mkfifo(pipe)
    assert provenance.read(pipe) is None
    assert provenance.read(tmp_path / "gone.mp3") is None
    shutil.copy(__file__, tmp_path / "text.mp3")
    assert provenance.read(tmp_path / "text.mp3") is None
