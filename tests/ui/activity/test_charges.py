"""Charges as a table, as text, and read by the service."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.music import MusicPrompt, MusicTask
from beatra_desktop.ui.activity.charges_model import ChargeColumn, ChargesModel
from beatra_desktop.ui.activity.charges_table import GIVE_WAY, ChargesTable
from beatra_desktop.ui.activity.charges_view import ChargesView

RunOnQt = Callable[[Callable[[], Any]], None]
DAYS = [
    ChargeSum(
        name="2026-03-02",
        charged=Decimal("160.0000"),
        refunded=Decimal("80.0000"),
        net=Decimal("80.0000"),
        priced=2,
        unpriced=3,
    ),
    ChargeSum(name="2026-03-01", charged=Decimal("0.4200"), net=Decimal("0.4200"), priced=1),
    ChargeSum(name="2026-02-28", unpriced=1),
]


def _model() -> ChargesModel:
    return ChargesModel(profile_names=lambda: {"sandbox": "Sandbox"})


def _column(model: ChargesModel, column: ChargeColumn) -> list[str]:
    return [model.text(row, column) for row in range(model.rowCount())]


def test_the_last_row_is_all_of_them_together(qtbot: QtBot) -> None:
    model = _model()
    model.show_sums(ChargesBy.DAY, DAYS)
    assert model.rowCount() == 4
    assert _column(model, ChargeColumn.NET) == ["80 credits", "0.42 credits", "", "80.42 credits"]
    assert _column(model, ChargeColumn.REFUNDED) == ["80 credits", "", "", "80 credits"]
    assert _column(model, ChargeColumn.UNPRICED) == ["3", "", "1", "4"]
    assert model.text(3, ChargeColumn.NAME) == "All together"
    spoken = Qt.ItemDataRole.AccessibleTextRole
    whole = "All together, Charged: 160.42 credits, Given back: 80 credits"
    assert model.index(3, ChargeColumn.NAME).data(spoken).startswith(whole)
    assert model.index(3, ChargeColumn.NET).data(spoken) == "Cost: 80.42 credits"
    model.sort(ChargeColumn.NET, Qt.SortOrder.AscendingOrder)
    assert _column(model, ChargeColumn.NET)[-1] == "80.42 credits"


def test_what_has_no_price_is_no_zero(qtbot: QtBot) -> None:
    model = _model()
    model.show_sums(ChargesBy.DAY, DAYS[2:])
    assert _column(model, ChargeColumn.NET) == ["", ""]
    assert ",,,,0,1" in model.as_text()


def test_the_text_is_plain_numbers_and_safe_names(qtbot: QtBot) -> None:
    model = _model()
    model.show_sums(
        ChargesBy.MODEL,
        [
            ChargeSum(name="=cmd()", charged=Decimal(1), net=Decimal(1), priced=1),
            ChargeSum(name="\r=a\rb", charged=Decimal(0), net=Decimal(0), priced=1),
            ChargeSum(name="", charged=Decimal("2.5"), net=Decimal("2.5"), priced=1),
        ],
    )
    head, *rows = csv.reader(io.StringIO(model.as_text()))
    assert head[:4] == ["Model", "Charged", "Given back", "Cost"]
    assert {row[0] for row in rows} == {"'=cmd()", "'=a b", "Not known", "All together"}
    assert rows[-1][3] == "3.5"


def test_profiles_have_their_names_and_those_that_are_gone_their_ids(qtbot: QtBot) -> None:
    model = _model()
    sums = [ChargeSum(name="sandbox", priced=1), ChargeSum(name="gone", priced=1)]
    model.show_sums(ChargesBy.PROFILE, sums)
    assert set(_column(model, ChargeColumn.NAME)) == {"Sandbox", "gone", "All together"}


def test_some_figures_give_way_in_a_small_window(qtbot: QtBot) -> None:
    model = _model()
    table = ChargesTable(model)
    qtbot.addWidget(table)
    model.show_sums(ChargesBy.DAY, DAYS)
    table.resize(420, 300)
    table.show()
    assert [column for column in ChargeColumn if table.isColumnHidden(column)] == sorted(GIVE_WAY)
    table.resize(900, 300)
    assert not any(table.isColumnHidden(column) for column in ChargeColumn)
    table.hide()


def test_what_a_song_cost_is_summed_copied_and_held_against_the_limit(
    run_on_qt: RunOnQt, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            services = bench.services
            prompt = MusicPrompt(prompt="a waltz", model="minimax-music-2.6", instrumental=True)
            task = services.music.create(prompt)
            assert isinstance(task, MusicTask)
            await bench.until(lambda: services.music.tasks[0].billing is not None)
            view = ChargesView(services)
            view.resize(900, 500)
            view.show()
            await bench.until(lambda: view.model.rowCount() == 2)
            charged = services.music.tasks[0].billing.charged_credits
            assert view.model.total.charged == Decimal(charged)
            view.by.chosen.emit("day")
            for by in ChargesBy:
                view.by.choose(by.value)
                view.by.chosen.emit(by.value)
                await bench.until(
                    lambda by=by: by.value in view.model.as_text().split(",")[0].casefold()
                )
                assert view.model.total.priced == 1
            view.copy.click()
            assert "minimax-music-2.6" in QGuiApplication.clipboard().text()
            await bench.until(lambda: "Today on Sandbox" in view.today.text())
            services.settings.change(daily_cap_credits="500")
            assert "of your daily limit of 500 credits" in view.today.text()
            services.music.cancel(task.id)
            view.hide()
            view.deleteLater()

    run_on_qt(work)
