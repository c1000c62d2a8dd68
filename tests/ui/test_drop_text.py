"""What a drop would do, told from names alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from beatra_desktop.ui.dragged import UPLOADS_FORMAT, Dragged, read
from beatra_desktop.ui.drop_text import Place, Terms, outlook
from tests.ui.drags import data_of

SONG, NOTES, FOLDER = Path("/music/a.mp3"), Path("/music/notes.txt"), Path("/music")
CHAT, STUDIO, WINDOW = Place.CHAT, Place.STUDIO, Place.WINDOW
WITH_FOLDER = Terms(folders=frozenset({FOLDER}))


def _files(*paths: Path) -> Dragged:
    return Dragged(paths=paths)


def test_only_files_of_this_machine_are_files(qapp: object) -> None:
    dragged = read(data_of(Path("/tmp/a b.mp3"), "https://example.com/c.mp3", "smb://nas/d.mp3"))
    assert dragged.paths == (Path("/tmp/a b.mp3"),)
    assert [link.scheme() for link in dragged.links] == ["https", "smb"]


def test_text_is_nothing_to_drop(qapp: object) -> None:
    words = QMimeData()
    words.setText("D minor")
    assert not read(words).is_for_us


def test_pictures_and_uploads_are_known_by_their_formats(qapp: object) -> None:
    picture, upload = QMimeData(), data_of(SONG)
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    upload.setData(UPLOADS_FORMAT, b"u1\nu2")
    assert read(picture).has_picture
    assert read(upload).upload_ids == ("u1", "u2")


@pytest.mark.parametrize(
    ("dragged", "place", "terms", "sentence"),
    [
        (_files(NOTES), CHAT, Terms(), "Put the text of “notes.txt” into the message"),
        (_files(NOTES), STUDIO, Terms(), "Upload “notes.txt”"),
        (_files(SONG), CHAT, Terms(), "Upload “a.mp3”"),
        (_files(SONG), STUDIO, Terms(), "Use “a.mp3” as reference audio"),
        (_files(SONG), STUDIO, Terms(as_reference=False), "Upload “a.mp3”"),
        (_files(SONG), WINDOW, Terms(), "Upload “a.mp3”"),
        (_files(SONG, NOTES), WINDOW, Terms(as_reference=False), "Upload 2 files"),
        (
            _files(FOLDER),
            CHAT,
            WITH_FOLDER,
            "Look through the folder “music” and upload what is in it",
        ),
        (_files(FOLDER, SONG), STUDIO, WITH_FOLDER, "Look through a folder and add a file"),
        (_files(FOLDER, SONG, NOTES), CHAT, WITH_FOLDER, "Look through a folder and add 2 files"),
        (Dragged(has_picture=True), CHAT, Terms(), "Upload the picture"),
        (Dragged(upload_ids=("u1",)), STUDIO, Terms(), "Use it as reference audio"),
        (
            Dragged(clip_ids=("c1",), paths=(SONG,)),
            STUDIO,
            Terms(as_reference=False),
            "Use “a.mp3” as reference audio",
        ),
    ],
)
def test_it_says_what_will_happen(
    dragged: Dragged, place: Place, terms: Terms, sentence: str
) -> None:
    found = outlook(dragged, place, terms)
    assert found.sentence == sentence
    assert found.is_possible


@pytest.mark.parametrize(
    ("dragged", "place", "terms", "sentence"),
    [
        (
            Dragged(links=(QUrl("https://example.com/a.mp3"),)),
            CHAT,
            Terms(),
            "Links to the web can't be uploaded",
        ),
        (
            Dragged(links=(QUrl("mtp://phone/a.mp3"),)),
            STUDIO,
            Terms(),
            "This is not a file on this computer",
        ),
        (Dragged(upload_ids=("u1",)), CHAT, Terms(), "It is uploaded already"),
        (Dragged(clip_ids=("c1",)), STUDIO, Terms(), "The song is not on this computer"),
        (
            Dragged(clip_ids=("c1", "c2"), paths=(SONG, SONG)),
            STUDIO,
            Terms(),
            "A song follows one recording",
        ),
        (
            Dragged(clip_ids=("c1",), paths=(SONG,)),
            STUDIO,
            Terms(offers_music=False),
            "The service of this profile makes no music",
        ),
        (
            _files(SONG),
            CHAT,
            Terms(offers_uploads=False),
            "The service of this profile takes no files",
        ),
        (
            Dragged(has_picture=True),
            STUDIO,
            Terms(offers_uploads=False),
            "The service of this profile takes no files",
        ),
    ],
)
def test_it_says_why_not(dragged: Dragged, place: Place, terms: Terms, sentence: str) -> None:
    found = outlook(dragged, place, terms)
    assert found.sentence == sentence
    assert found.more
    assert not found.is_possible


def test_what_stays_is_counted() -> None:
    mixed = Dragged(paths=(SONG,), links=(QUrl("https://example.com/b.mp3"),))
    assert outlook(mixed, WINDOW, Terms()).more.startswith("One of them can't be taken")
    texts = outlook(_files(NOTES, SONG, SONG), CHAT, Terms(offers_uploads=False))
    assert texts.sentence == "Put the text of “notes.txt” into the message"
    assert texts.more.startswith("2 of them can't be taken")
