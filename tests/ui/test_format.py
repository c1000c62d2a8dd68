from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from beatra_desktop.ui import format

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\u00a0bytes"),
        (999, "999\u00a0bytes"),
        (20_480, "20\u00a0kB"),
        (4_404_019, "4.2\u00a0MB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert format.size(size) == text.replace(" ", "\u00a0")


def test_dates_are_short_and_those_of_no_country_sort_by_themselves() -> None:
    assert format.short_date(NOON) == "5/13/26"
    QLocale.setDefault(QLocale.c())
    assert format.short_date(NOON) == "2026-05-13"
    assert format.absolute(NOON).startswith("2026-05-13 ")


def test_rates() -> None:
    assert format.rate(1_363_148.8) == "1.3\u00a0MB/s"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (185.4, "3:05"), (3729, "1:02:09"), (-3, "0:00")]
)
def test_durations(seconds: float, text: str) -> None:
    assert format.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(12, "under 1 min left"), (130, "about 2 min left"), (7300, "about 2 h left")],
)
def test_time_left_does_not_pretend(seconds: float, text: str) -> None:
    assert format.time_left(seconds) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("80.0000", "80 credits"),
        ("0.0450", "0.045 credits"),
        ("100", "100 credits"),
        ("0.0000", "0 credits"),
        ("12.3456789012345678901", "12.3456789012345678901 credits"),
    ],
)
def test_credits_are_the_services_own_decimals(amount: str, text: str) -> None:
    assert format.credits(amount) == text


def test_recent_times_are_relative() -> None:
    assert format.relative(NOON - timedelta(seconds=20), NOON) == "just now"
    assert format.relative(NOON - timedelta(minutes=5), NOON) == "5 min ago"
    assert format.relative(NOON - timedelta(days=1), NOON).startswith("yesterday ")
    assert format.relative(NOON - timedelta(days=3), NOON) == "Sunday"
    assert format.relative(NOON - timedelta(days=40), NOON) == "4/3/26"


def test_words_that_run_the_other_way_are_kept_apart() -> None:
    assert format.isolated("Rain") == "Rain"
    assert format.isolated("שיר על גשם") == "\u2068שיר על גשם\u2069"


def test_a_countdown_rounds_up_and_never_goes_below_zero() -> None:
    assert format.countdown(NOON + timedelta(seconds=7.2), NOON) == "8 s"
    assert format.countdown(NOON - timedelta(seconds=7.2), NOON) == "0 s"


def test_short_times_have_tenths_and_long_ones_a_colon() -> None:
    assert format.short_duration(0.42) == "0.4 s"
    assert format.short_duration(42.4) == "42 s"
    assert format.short_duration(185) == "3:05"


@pytest.mark.parametrize(
    ("locale", "time", "day"),
    [
        ("en_US", "2:05:09\u202fPM", "Sun, Mar 1, 2026"),
        ("en_GB", "14:05:09", "Sun, 1 Mar 2026"),
        ("zh_CN", "14:05:09", "2026年3月1日周日"),
    ],
)
def test_a_moment_has_its_seconds_and_a_day_its_year(locale: str, time: str, day: str) -> None:
    moment = datetime(2026, 3, 1, 14, 5, 9).astimezone()
    QLocale.setDefault(QLocale(locale))
    assert format.exact_time(moment) == time
    assert format.day(moment.date()) == day


def test_figures_have_the_point_of_the_locale() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert format.size(52_428_800) == "50,0\u00a0MB"
    assert format.credits("0.0450") == "0,045 credits"
    assert format.decimal(1.26, digits=1) == "1,3"


def test_names_are_told_whole_in_menus_and_wrapped_in_labels() -> None:
    assert format.menu_name("R & B") == "R && B"
    assert format.breakable("la " * 20) == "la " * 20
    assert max(map(len, format.breakable("x" * 100).split("\u200b"))) <= 24


def test_sentences_of_wide_letters_have_no_spaces_between() -> None:
    assert format.sentences(["One.", "", "Two."]) == "One. Two."
    assert format.sentences(["一。", "二。", "Three.", "四。"]) == "一。二。Three. 四。"
