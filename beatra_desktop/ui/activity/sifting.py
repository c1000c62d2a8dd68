"""Which rows the activity table shows: by state, kind and words."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.error_text import describe


class Sieve(Struct, frozen=True, kw_only=True):
    """None and an empty text let everything through; each word has to be somewhere in the row."""

    state: ActivityState | None = None
    kind: ActivityKind | None = None
    text: str = ""

    @property
    def is_open(self) -> bool:
        return self == Sieve()

    def takes(self, activity: Activity, words: Callable[[Activity], str]) -> bool:
        """Whether a row is counted, whatever its state; `words` gives those of `words_of`."""
        if self.kind is not None and activity.kind is not self.kind:
            return False
        if not self.text:
            return True
        found = words(activity)
        return all(word in found for word in self.text.casefold().split())

    def shows(self, activity: Activity) -> bool:
        """Whether a row that is counted is on show."""
        return self.state is None or activity.state is self.state

    def taken(
        self, activities: Sequence[Activity], words: Callable[[Activity], str]
    ) -> Sequence[Activity]:
        """Those that are counted."""
        if self.kind is None and not self.text:
            return activities
        return [each for each in activities if self.takes(each, words)]

    def shown(self, counted: Sequence[Activity]) -> Sequence[Activity]:
        """Those that are on show."""
        if self.state is None:
            return counted
        return [each for each in counted if self.shows(each)]


def words_of(activity: Activity, profile_name: str) -> str:
    """All that a row can be found by, in small letters."""
    parts = (
        activity_text.name(activity),
        activity_text.kind(activity),
        activity.model,
        profile_name,
        activity.request_id,
        activity.idempotency_key,
        describe(activity.failure).title if activity.failure is not None else "",
    )
    return "\n".join(filter(None, parts)).casefold()
