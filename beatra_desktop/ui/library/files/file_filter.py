"""Which of the files are on show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from beatra_desktop.domain.uploads import KnownFile


class Show(StrEnum):
    ALL = "all"
    MISSING = "missing"
    GONE = "gone"
    UNUSED = "unused"


class FileFilter(Struct, frozen=True, kw_only=True):
    """`purpose` and `profile_id` are empty for any."""

    show: Show = Show.ALL
    purpose: str = ""
    profile_id: str = ""

    def takes(self, file: KnownFile) -> bool:
        return self.takes_whatever_state(file) and is_in(file, self.show)

    def takes_whatever_state(self, file: KnownFile) -> bool:
        upload = file.upload
        is_purpose = not self.purpose or upload.purpose == self.purpose
        return is_purpose and (not self.profile_id or upload.profile_id == self.profile_id)


def is_in(file: KnownFile, show: Show) -> bool:
    match show:
        case Show.MISSING:
            return file.is_missing
        case Show.GONE:
            return file.upload.gone_at is not None
        case Show.UNUSED:
            return not file.used_by
    return True


def counts(files: Iterable[KnownFile]) -> Mapping[Show, int]:
    """How many of them each choice shows."""
    found: Counter[Show] = Counter()
    for file in files:
        found[Show.ALL] += 1
        found[Show.MISSING] += file.is_missing
        found[Show.GONE] += file.upload.gone_at is not None
        found[Show.UNUSED] += not file.used_by
    return found
