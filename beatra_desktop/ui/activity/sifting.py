"""Which rows the activity table shows: by state, kind and words."""

from dataclasses import dataclass

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.error_text import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """None and an empty text let everything through; each word has to be somewhere in the row."""

    state: ActivityState | None = None
    kind: ActivityKind | None = None
    text: str = ""

    @property
    def is_open(self) -> bool:
        return self == Sieve()

    def takes(self, activity: Activity, words: str) -> bool:
        """Whether a row is counted, whatever its state; `words` are those of `words_of`."""
        if self.kind is not None and activity.kind is not self.kind:
            return False
        return not self.text or all(word in words for word in self.text.casefold().split())

    def shows(self, activity: Activity) -> bool:
        """Whether a row that is counted is on show."""
        return self.state is None or activity.state is self.state


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
