"""The activity table with many rows and many changes a second (goals, section 5)."""

import gc
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter, process_time
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QTableView, QWidget

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Moment, Step
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.activity.activity_model import ActivityModel
from beatra_desktop.ui.activity.activity_table import ActivityTable
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.sifting import Sieve
from tests.benchmarks import views
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.busy import busy_rows
from tests.benchmarks.live import SETTLING_MS, Beat, in_turns, percentile, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

MANY: Final = 10_000
MORE: Final = 100_000
LIVE: Final = 200
"""Rows that change; the others have ended."""
UPDATES_PER_SECOND: Final = 100
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)

Maker = Callable[[Records[Activity]], QTableView]


def rows(options: Options) -> Iterator[Row]:
    yield from _busy_rows(options)
    few, many = Records(_activities(MANY)), Records(_activities(MORE))
    gc.collect()
    gc.freeze()
    opened = [(_opening_ms(few), _opening_ms(many)) for _ in range(options.rounds + 1)][1:]
    yield Row(
        name=f"open {MORE:,} activities",
        unit="ms",
        ours=[many for _, many in opened],
        limit=Peer(f"{MANY:,}", [few for few, _ in opened]),
        goal=Goal(at_most=1.3, of_ratio=True),
    )
    yield from _sorting_rows(options)


def _busy_rows(options: Options) -> Iterator[Row]:
    ours = [_busy(_ours, options.seconds) for _ in range(options.rounds)]
    naive = [_busy(_naive, options.seconds)] if options.peers else []
    said = f"{MANY:,} activities, {UPDATES_PER_SECOND} updates/s"
    yield from busy_rows(said, ours, naive)
    if options.peers:
        cpu, _ = _busy(_nothing, options.seconds)
        yield Row(name="CPU of the updates, nobody looking", unit="%", ours=[cpu])


def _sorting_rows(options: Options) -> Iterator[Row]:
    """Against sorting a list of the same records, by the same, in Python."""
    chance = random.Random(2)
    titled = (replace(each, title=str(chance.random())) for each in _activities(MORE))
    records = Records(titled)
    gc.collect()
    gc.freeze()
    table = _ours(records)
    model = table.model()
    assert isinstance(model, ActivityModel)
    model.finish()
    wait(SETTLING_MS)  # the tables before this one go
    sorts, lists, sifts = [], [], []
    for _ in range(options.rounds):
        for column in (Column.NAME, Column.STATE):
            sorts.append(in_turns(partial(model.sort, column), lambda: model.is_arranging))
            key = partial(_plain_key, column)
            lists.append(in_turns(partial(sorted, records, key=key), lambda: False).whole_ms)
        for text in ("number 1", "suno", ""):
            act = partial(model.sift, Sieve(text=text))
            sifts.append(in_turns(act, lambda: model.is_arranging))
    table.deleteLater()
    yield Row(
        name=f"sort {MORE:,} activities",
        unit="ms",
        ours=[each.whole_ms for each in sorts],
        limit=Peer("a list", lists),
        goal=Goal(at_most=1, of_ratio=True),
    )
    for name, turns in (("sorting", sorts), ("finding words", sifts)):
        yield Row(
            name=f"longest turn while {name}",
            unit="ms",
            ours=[each.longest_ms for each in turns],
            goal=Goal(at_most=16),
        )


def _plain_key(column: Column, activity: Activity) -> tuple[object, ...]:
    first = activity.title.casefold() if column is Column.NAME else activity.state.value
    return first, -activity.created_at.timestamp(), activity.id


def _busy(make: Maker, seconds: float) -> tuple[float, float]:
    """Percent of a core beside that of an idle table, and p99 lateness in milliseconds."""
    records = Records(_activities(MANY))
    gc.collect()
    gc.freeze()  # the collector's own stalls are not what is measured
    table = make(records)
    wait(SETTLING_MS)
    beat = Beat(table.viewport())
    idle = _cpu_percent(seconds / 2)
    feeder = _Feeder(records)
    beat.late_ms.clear()
    busy = _cpu_percent(seconds)
    feeder.stop()
    late = percentile(beat.corrected(), 99)
    beat.deleteLater()
    table.deleteLater()
    return max(0.0, busy - idle), late


def _cpu_percent(seconds: float) -> float:
    cpu, began = process_time(), perf_counter()
    wait(int(seconds * 1000))
    return (process_time() - cpu) / (perf_counter() - began) * 100


class _Feeder(QObject):
    """Changes a live row every so often, as downloads and songs do."""

    def __init__(self, records: Records[Activity]) -> None:
        super().__init__()
        self._records, self._random = records, random.Random(1)
        self._timer = QTimer(self, interval=1000 // UPDATES_PER_SECOND)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self.deleteLater()

    def _on_timeout(self) -> None:
        row = self._random.randrange(LIVE)
        fraction = self._random.random()
        self._records.replace(replace(self._records[row], fraction=fraction))


def _ours(records: Records[Activity]) -> QTableView:
    model = ActivityModel(records, names=lambda: {"sandbox": "Sandbox"})
    table = ActivityTable(model)
    model.setParent(table)
    return _shown(table)


def _nothing(_records: Records[Activity]) -> QTableView:
    """The limit of the source."""
    return _shown(QTableView())


class _NaiveModel(QAbstractTableModel):
    """Reads everything anew, and resets, whenever a row changes."""

    def __init__(self, records: Records[Activity], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = records
        self._rows = list(records)
        records.changed.connect(self._on_changed)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else 4

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        return (row.kind.value, row.title, row.state.value, row.fraction)[index.column()]

    def _on_changed(self, _row: int) -> None:
        self.beginResetModel()
        self._rows = sorted(self._source, key=lambda each: each.created_at, reverse=True)
        self.endResetModel()


def _naive(records: Records[Activity]) -> QTableView:
    table = QTableView()
    table.setModel(_NaiveModel(records, table))
    return _shown(table)


def _shown(table: QTableView) -> QTableView:
    table.resize(*views.VIEW_SIZE)
    table.show()
    return table


def _opening_ms(records: Records[Activity]) -> float:
    """Of the GUI thread, until there is something to look at."""
    made: list[QWidget] = []
    turns = in_turns(lambda: made.append(_ours(records)), lambda: False)
    made[0].deleteLater()
    return turns.whole_ms


def _activities(count: int) -> Iterator[Activity]:
    for number in range(count):
        yield _activity(number)


def _activity(number: int) -> Activity:
    created = NOW - timedelta(seconds=number)
    is_live = number < LIVE
    kind = list(ActivityKind)[number % len(ActivityKind)]
    return Activity(
        id=f"{kind}:{number}",
        kind=kind,
        owner_id=str(number),
        title=f"Something number {number}",
        state=ActivityState.RUNNING if is_live else ActivityState.DONE,
        profile_id=ProfileId("sandbox"),
        created_at=created,
        ended_at=None if is_live else created + timedelta(seconds=30),
        model="suno-5.5",
        timeline=(
            Moment(step=Step.WRITTEN, at=created),
            Moment(step=Step.STARTED, at=created + timedelta(seconds=1)),
        ),
        fraction=0.5 if is_live else None,
        request_id=f"req_{number:012}",
        credits="80.0000",
    )


BENCHES: Final = (Bench(name="activity", section=Section.LISTS, budget_s=45, rows=rows),)
