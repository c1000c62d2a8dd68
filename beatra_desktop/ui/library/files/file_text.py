"""What the table of files says, and by what it is put in order."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.uploads import KnownFile, Purpose
from beatra_desktop.ui import format
from beatra_desktop.ui.details import Detail
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

NameOf = Callable[[str], str]
"""A profile's name by its id."""


class Column(IntEnum):
    NAME = 0
    STATE = 1
    PURPOSE = 2
    KIND = 3
    SIZE = 4
    UPLOADED = 5
    USED = 6
    PROFILE = 7
    RIGHTS = 8
    ARTIFACT = 9
    HASH = 10


class FileState(StrEnum):
    """The worst first: a file that is gone from both sides is lost."""

    LOST = "lost"
    GONE = "gone"
    MISSING = "missing"
    THERE = "there"


HEADINGS: Final[Mapping[Column, str]] = MappingProxyType(
    {
        Column.NAME: QT_TRANSLATE_NOOP("file_text", "Name"),
        Column.STATE: QT_TRANSLATE_NOOP("file_text", "State"),
        Column.PURPOSE: QT_TRANSLATE_NOOP("file_text", "Purpose"),
        Column.KIND: QT_TRANSLATE_NOOP("file_text", "Kind"),
        Column.SIZE: QT_TRANSLATE_NOOP("file_text", "Size"),
        Column.UPLOADED: QT_TRANSLATE_NOOP("file_text", "Uploaded at"),
        Column.USED: QT_TRANSLATE_NOOP("file_text", "Used in"),
        Column.PROFILE: QT_TRANSLATE_NOOP("file_text", "Profile"),
        Column.RIGHTS: QT_TRANSLATE_NOOP("file_text", "Rights confirmed"),
        Column.ARTIFACT: QT_TRANSLATE_NOOP("file_text", "Artifact id"),
        Column.HASH: QT_TRANSLATE_NOOP("file_text", "SHA-256"),
    }
)
_STATES: Final[Mapping[FileState, tuple[str, Icon, Tone]]] = MappingProxyType(
    {
        FileState.LOST: (
            QT_TRANSLATE_NOOP("file_text", "Lost"), Icon.ERROR, Tone.DANGER
        ),
        FileState.GONE: (
            QT_TRANSLATE_NOOP("file_text", "Gone"), Icon.WARNING, Tone.WARNING
        ),
        FileState.MISSING: (
            QT_TRANSLATE_NOOP("file_text", "Missing"), Icon.FILE_MISSING, Tone.WARNING
        ),
        FileState.THERE: (QT_TRANSLATE_NOOP("file_text", "Uploaded"), Icon.SUCCESS, Tone.SUCCESS),
    }
)  # fmt: skip
_ADVICE: Final[Mapping[FileState, str]] = MappingProxyType(
    {
        FileState.LOST: QT_TRANSLATE_NOOP(
            "file_text",
            "The service knows this file no more, and it is not where it was on this computer. "
            "Put it back there to upload it again.",
        ),
        FileState.GONE: QT_TRANSLATE_NOOP(
            "file_text",
            "The service knows this file no more. Your file is still here: upload it again.",
        ),
        FileState.MISSING: QT_TRANSLATE_NOOP(
            "file_text",
            "The file is not where it was on this computer. What was uploaded can still be used.",
        ),
        FileState.THERE: "",
    }
)
_PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.REFERENCE_AUDIO: QT_TRANSLATE_NOOP("file_text", "Reference"),
        Purpose.MEDIA_INPUT: QT_TRANSLATE_NOOP("file_text", "File"),
    }
)
_FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "audio": QT_TRANSLATE_NOOP("file_text", "{ending} audio"),
        "image": QT_TRANSLATE_NOOP("file_text", "{ending} picture"),
        "video": QT_TRANSLATE_NOOP("file_text", "{ending} video"),
        "text": QT_TRANSLATE_NOOP("file_text", "{ending} text"),
    }
)
_ORDER: Final = tuple(FileState)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def state(file: KnownFile) -> FileState:
    if file.upload.gone_at is None:
        return FileState.MISSING if file.is_missing else FileState.THERE
    return FileState.LOST if file.is_missing else FileState.GONE


def state_text(file: KnownFile) -> str:
    return _tr(_STATES[state(file)][0])


def state_look(file: KnownFile) -> tuple[Icon, Tone]:
    _, icon, tone = _STATES[state(file)]
    return icon, tone


def advice(file: KnownFile) -> str:
    """What a state that is not as it should be means; empty for the others."""
    return _tr(_ADVICE[state(file)])


def heading(column: Column) -> str:
    return _tr(HEADINGS[column])


def purpose(kind: Purpose) -> str:
    return _tr(_PURPOSES[kind])


def kind(file: KnownFile) -> str:
    """Such as “MP3 audio”; just the ending of what is no common kind."""
    ending = file.upload.path.suffix.lstrip(".").upper()
    family = _FAMILIES.get(file.upload.mime_type.partition("/")[0], "{ending}")
    words = _tr(family).format(ending=ending).strip()
    return words[:1].upper() + words[1:] if words else _tr("File")


def used_in(file: KnownFile) -> str:
    """The songs by name, as many as one knows at a glance."""
    if not file.used_by:
        return ""
    if len(file.used_by) == 1:
        return file.used_by[0].title
    return _tr("{n} songs").format(n=format.count(len(file.used_by)))


def cell(file: KnownFile, column: Column, name_of: NameOf) -> str:
    return name_of(file.upload.profile_id) if column is Column.PROFILE else _CELLS[column](file)


def key_of(column: Column, name_of: NameOf) -> Callable[[KnownFile], Any]:
    """By what the files are put in order; names decide between equals."""
    value = _values(name_of)[column]
    return lambda file: (value(file), file.upload.name.casefold(), file.id)


def spoken(file: KnownFile, name_of: NameOf) -> str:
    """The whole row, for a screen reader."""
    shown = (Column.NAME, Column.STATE, Column.PURPOSE, Column.SIZE, Column.UPLOADED)
    used = _tr("Used in {songs}").format(songs=used_in(file)) if file.used_by else ""
    return format.listed((*(cell(file, each, name_of) for each in shown), used))


def details(file: KnownFile, name_of: NameOf) -> list[Detail]:
    upload = file.upload
    gone, uploaded = _moment(upload.gone_at), _moment(upload.uploaded_at)
    lines = (
        (_tr("File"), str(upload.path)),
        (_tr("Kind"), upload.mime_type),
        *((heading(each), cell(file, each, name_of)) for each in _DETAILED),
        (heading(Column.UPLOADED), uploaded),
        (heading(Column.RIGHTS), _moment(upload.rights_confirmed_at)),
        (_tr("Gone at the service since"), gone),
        (_tr("Request id"), upload.request_id or ""),
        (_tr("Songs"), _tr(", ").join(use.title for use in file.used_by)),
    )
    return [Detail(label, value) for label, value in lines if value]


_DETAILED: Final = (
    Column.SIZE, Column.PURPOSE, Column.PROFILE, Column.ARTIFACT, Column.HASH,
)  # fmt: skip


def _values(name_of: NameOf) -> Mapping[Column, Callable[[KnownFile], Any]]:
    return {
        Column.NAME: lambda file: "",
        Column.STATE: lambda file: _ORDER.index(state(file)),
        Column.PURPOSE: lambda file: purpose(file.upload.purpose),
        Column.KIND: kind,
        Column.SIZE: lambda file: file.upload.size,
        Column.UPLOADED: lambda file: file.upload.uploaded_at or _NEVER,
        Column.USED: lambda file: len(file.used_by),
        Column.PROFILE: lambda file: name_of(file.upload.profile_id).casefold(),
        Column.RIGHTS: lambda file: file.upload.rights_confirmed_at or _NEVER,
        Column.ARTIFACT: lambda file: file.upload.artifact_id or "",
        Column.HASH: lambda file: file.upload.sha256 or "",
    }


def _day(moment: datetime | None) -> str:
    return format.short_date(moment) if moment else ""


def _moment(moment: datetime | None) -> str:
    return format.absolute(moment) if moment else ""


_CELLS: Final[Mapping[Column, Callable[[KnownFile], str]]] = MappingProxyType(
    {
        Column.NAME: lambda file: file.upload.name,
        Column.STATE: state_text,
        Column.PURPOSE: lambda file: purpose(file.upload.purpose),
        Column.KIND: kind,
        Column.SIZE: lambda file: format.size(file.upload.size),
        Column.UPLOADED: lambda file: _day(file.upload.uploaded_at),
        Column.USED: used_in,
        Column.RIGHTS: lambda file: _day(file.upload.rights_confirmed_at),
        Column.ARTIFACT: lambda file: file.upload.artifact_id or "",
        Column.HASH: lambda file: file.upload.sha256 or "",
    }
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("file_text", text)
