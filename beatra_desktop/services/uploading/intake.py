"""Files on their way in: folders opened and every file looked at, before anything is sent."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from msgspec import Struct, field

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import new_id
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.uploads import Preflight, PreflightId, PurposeRule, Refusal
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.uploading import inspection
from beatra_desktop.services.uploading.inspection import Looked
from beatra_desktop.services.uploading.walking import Walk
from beatra_desktop.services.waiting import watched

Accept = Callable[[Sequence[Looked]], Awaitable[None]]


class _Look(Struct, kw_only=True):
    """One drop: written by the thread that looks, read by whoever waits for it."""

    rule: PurposeRule
    walk: Walk = field(default_factory=Walk)
    accepted: list[Looked] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def run(self, paths: Sequence[Path]) -> None:
        self.walk.run(paths)
        for path in self.walk.files:
            if self.walk.is_stopped:
                return
            found = inspection.look(path, self.rule.purpose_of)
            if isinstance(found, Failure):
                self.refusals.append(Refusal(name=path.name, path=path, failure=found))
            else:
                self.accepted.append(found)

    def preflight(self, preflight_id: PreflightId, *, is_looking: bool) -> Preflight:
        """How it stands."""
        accepted = list(self.accepted)
        refusals = (*self.refusals, *self.walk.refusals)
        return Preflight(
            id=preflight_id,
            is_looking=is_looking,
            total=len(accepted) + len(refusals),
            accepted=len(accepted),
            bytes=sum(looked.size for looked in accepted),
            refusals=refusals,
            skipped=self.walk.skipped,
            left_out=self.walk.left_out,
        )


class Intake:
    """The single writer of preflights; one that has nothing to tell goes by itself."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._preflights: Records[Preflight] = Records()
        self._looks: dict[PreflightId, _Look] = {}

    @property
    def preflights(self) -> ReadOnlyRecords[Preflight]:
        return self._preflights

    def start(
        self, paths: Sequence[Path], *, rule: PurposeRule, links: Sequence[str], accept: Accept
    ) -> PreflightId:
        """Look at files and folders in a thread; `accept` gets the good ones once all are seen.

        `links` are what was dropped and is no file of this computer: refused by name.
        """
        preflight_id = PreflightId(new_id())
        look = _Look(rule=rule, refusals=[_refused_link(link) for link in links])
        self._looks[preflight_id] = look
        self._preflights.append(look.preflight(preflight_id, is_looking=True))
        work = self._look(preflight_id, paths, accept)
        self._supervisor.start(work, name=f"look at files {preflight_id}")
        return preflight_id

    def dismiss(self, preflight_id: PreflightId) -> None:
        """Take a preflight off the list; what is still being looked at is not taken in."""
        if look := self._looks.pop(preflight_id, None):
            look.walk.is_stopped = True
        if preflight_id in self._preflights:
            self._preflights.remove(preflight_id)

    async def _look(self, preflight_id: PreflightId, paths: Sequence[Path], accept: Accept) -> None:
        look = self._looks[preflight_id]
        try:
            await watched(lambda: look.run(paths), on_tick=lambda: self._show(preflight_id))
        finally:
            look.walk.is_stopped = True
        if self._looks.pop(preflight_id, None) is not None:
            self._finish(look.preflight(preflight_id, is_looking=False))
            await accept(look.accepted)

    def _show(self, preflight_id: PreflightId) -> None:
        if look := self._looks.get(preflight_id):
            self._preflights.replace(look.preflight(preflight_id, is_looking=True))

    def _finish(self, preflight: Preflight) -> None:
        if _has_news(preflight):
            self._preflights.replace(preflight)
        else:
            self._preflights.remove(preflight.id)


def _has_news(preflight: Preflight) -> bool:
    return bool(
        preflight.refusals or preflight.skipped or preflight.left_out or not preflight.accepted
    )


def _refused_link(link: str) -> Refusal:
    failure = Failure(code=FailureCode.NOT_LOCAL, subject=link)
    return Refusal(name=link, path=Path(link), failure=failure)
