"""The rows of the activity centre: newest first, changed one by one, counted as they change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from beatra_desktop.domain.activity import Activity, ActivityCounts, ActivityKind, ActivityState
from beatra_desktop.domain.observable import Records, Value
from beatra_desktop.services.activity_rows import newest_first, order, same_place


class Prepared(Struct, frozen=True, kw_only=True):
    """Rows in their order, and counted."""

    ordered: list[Activity]
    counted: Counter[tuple[ActivityKind, ActivityState]]


def prepare(rows: Iterable[Activity]) -> Prepared:
    """What takes a while with many rows, and can be done in any thread; each row once."""
    ordered = newest_first({row.id: row for row in rows}.values())
    return Prepared(ordered=ordered, counted=Counter((row.kind, row.state) for row in ordered))


class ActivityList:
    """A change costs no more in a long list than in a short one."""

    def __init__(self) -> None:
        self.rows: Records[Activity] = Records()
        self.counts: Value[ActivityCounts] = Value(ActivityCounts())
        self._counted: Counter[tuple[ActivityKind, ActivityState]] = Counter()

    def assign(self, prepared: "Prepared") -> None:
        """Everything anew."""
        self._counted = prepared.counted
        self.rows.assign(prepared.ordered)
        self._tell()

    def put(self, row: Activity) -> None:
        """Add a row at its place, or replace the one with its id where it is."""
        listed = self.rows.get(row.id)
        if listed is None:
            self.insert([row])
            return
        row = same_place(row, listed)
        if row != listed:
            self.rows.replace(row)
            self._count(listed, row)

    def remove(self, row_id: str) -> None:
        listed = self.rows.get(row_id)
        if listed is not None:
            self.rows.remove(row_id)
            self._count(listed, None)

    def insert(self, rows: Iterable[Activity]) -> None:
        """Add rows that are not listed yet, each at its place."""
        for run in self.runs(rows):
            self.insert_run(run)

    def runs(self, rows: Iterable[Activity]) -> Iterator[list[Activity]]:
        """The new ones of these rows, newest first, in runs that belong between the same two."""
        run: list[Activity] = []
        place = -1
        for row in newest_first(row for row in rows if row.id not in self.rows):
            if run and self._place(row) != place:
                yield run
                run = []
            place = self._place(row) if not run else place
            run.append(row)
        if run:
            yield run

    def insert_run(self, run: list[Activity]) -> None:
        self.rows.insert(self._place(run[0]), *run)
        for row in run:
            self._counted[row.kind, row.state] += 1
        self._tell()

    def _place(self, row: Activity) -> int:
        """How many of the rows are newer."""
        return bisect_left(self.rows, order(row), key=order)

    def _count(self, before: Activity, after: Activity | None) -> None:
        if after is not None and after.state is before.state:
            return
        self._counted[before.kind, before.state] -= 1
        if after is not None:
            self._counted[after.kind, after.state] += 1
        self._tell()

    def _tell(self) -> None:
        states: Counter[ActivityState] = Counter()
        kinds: Counter[ActivityKind] = Counter()
        both = {pair: number for pair, number in self._counted.items() if number}
        for (kind, state), number in both.items():
            states[state] += number
            kinds[kind] += number
        counts = ActivityCounts(of_states=dict(states), of_kinds=dict(kinds), of_both=both)
        self.counts.set(counts)
