"""What a drop would do at a place, or why it can't be."""

from collections.abc import Set
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.ui import format
from beatra_desktop.ui.dragged import Dragged, is_audio, is_text


class Place(StrEnum):
    """Where things can be dropped; `WINDOW` is everywhere else."""

    CHAT = "chat"
    STUDIO = "studio"
    WINDOW = "window"


class Terms(Struct, frozen=True, kw_only=True):
    """What holds at the moment; `folders` are those known to be some."""

    offers_uploads: bool = True
    offers_music: bool = True
    as_reference: bool = True
    folders: Set[Path] = frozenset()


class Outlook(Struct, frozen=True):
    """`more` is what else is to be known, in smaller words."""

    sentence: str
    more: str = ""
    is_possible: bool = True


def outlook(dragged: Dragged, place: Place, terms: Terms) -> Outlook:
    """As far as names tell; the file itself is looked at after the drop."""
    if dragged.upload_ids:
        return _of_uploads(place)
    if dragged.clip_ids:
        return _of_songs(dragged, terms)
    if dragged.paths:
        return _of_files(dragged, place, terms)
    if dragged.has_picture:
        return _uploaded(_tr("Upload the picture"), terms)
    return _of_links(dragged)


def _of_uploads(place: Place) -> Outlook:
    if place is Place.STUDIO:
        return Outlook(_tr("Use it as reference audio"))
    where = _tr("Drop it on the studio to use it as reference audio.")
    return Outlook(_tr("It is uploaded already"), where, is_possible=False)


def _of_songs(dragged: Dragged, terms: Terms) -> Outlook:
    """On the studio; elsewhere songs are for playlists, which say so themselves."""
    if not (terms.offers_music and terms.offers_uploads):
        sentence = _tr("The service of this profile makes no music")
        return Outlook(sentence, _tr("Choose another profile first."), is_possible=False)
    if len(dragged.clip_ids) > 1:
        advice = _tr("Drag a single song here to use it as reference audio.")
        return Outlook(_tr("A song follows one recording"), advice, is_possible=False)
    if not dragged.paths:
        advice = _tr("Download it again first, then drop it here.")
        return Outlook(_tr("The song is not on this computer"), advice, is_possible=False)
    name = format.isolated(format.short_name(dragged.paths[0].name))
    return Outlook(_tr("Use “{name}” as reference audio").format(name=name))


def _of_links(dragged: Dragged) -> Outlook:
    if dragged.is_from_the_web:
        advice = _tr("Save the file on this computer first, then drop it here.")
        return Outlook(_tr("Links to the web can't be uploaded"), advice, is_possible=False)
    advice = _tr("Copy it to this computer first, then drop it here.")
    return Outlook(_tr("This is not a file on this computer"), advice, is_possible=False)


def _of_files(dragged: Dragged, place: Place, terms: Terms) -> Outlook:
    if not terms.offers_uploads:
        return _without_uploads(dragged, place)
    paths = dragged.paths
    sentence = _of_one(paths[0], place, terms) if len(paths) == 1 else _of_many(paths, place, terms)
    return Outlook(sentence, _left_out(len(dragged.links)))


def _of_one(path: Path, place: Place, terms: Terms) -> str:
    name = format.isolated(format.short_name(path.name or str(path)))
    if path in terms.folders:
        text = _tr("Look through the folder “{name}” and upload what is in it")
    elif place is Place.STUDIO and terms.as_reference and is_audio(path):
        text = _tr("Use “{name}” as reference audio")
    elif place is Place.CHAT and is_text(path):
        text = _tr("Put the text of “{name}” into the message")
    else:
        text = _tr("Upload “{name}”")
    return text.format(name=name)


def _of_many(paths: tuple[Path, ...], place: Place, terms: Terms) -> str:
    folders = sum(path in terms.folders for path in paths)
    if folders:
        return _with_folders(folders, len(paths) - folders)
    if place is Place.CHAT:
        text = _tr("Add {n} files: text to the message, the others as uploads")
    elif terms.as_reference:
        text = _tr("Upload {n} files, recordings as reference audio")
    else:
        text = _tr("Upload {n} files")
    return text.format(n=format.count(len(paths)))


def _with_folders(folders: int, files: int) -> str:
    if folders == 1 and files == 1:
        return _tr("Look through a folder and add a file")
    if folders == 1:
        return _tr("Look through a folder and add {n} files").format(n=format.count(files))
    text = _tr("Look through {folders} folders and add {n} files")
    if not files:
        text = _tr("Look through {folders} folders and upload what is in them")
    elif files == 1:
        text = _tr("Look through {folders} folders and add a file")
    return text.format(folders=format.count(folders), n=format.count(files))


def _without_uploads(dragged: Dragged, place: Place) -> Outlook:
    """Text can be part of a message whatever the service takes."""
    texts = [path for path in dragged.paths if is_text(path)]
    if place is not Place.CHAT or not texts:
        return _refused()
    if len(texts) == 1:
        sentence = _of_one(texts[0], place, Terms())
    else:
        sentence = _tr("Put the text of {n} files into the message")
    return Outlook(
        sentence.format(n=format.count(len(texts))),
        _left_out(len(dragged.paths) - len(texts) + len(dragged.links)),
    )


def _uploaded(sentence: str, terms: Terms) -> Outlook:
    return Outlook(sentence) if terms.offers_uploads else _refused()


def _refused() -> Outlook:
    return Outlook(
        _tr("The service of this profile takes no files"),
        _tr("Choose another profile first. Text files can be dropped on the chat."),
        is_possible=False,
    )


def _left_out(number: int) -> str:
    if number < 2:
        return _tr("One of them can't be taken and stays where it is.") if number else ""
    return _tr("{n} of them can't be taken and stay where they are.").format(n=format.count(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("drop_text", text)
