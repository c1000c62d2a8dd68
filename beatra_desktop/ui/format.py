"""Numbers, sizes and times as people read them, in the user's locale."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

TENTHS_SECONDS: Final = 10
MINUTE_SECONDS: Final = 60
HOUR_SECONDS: Final = 3600
JUST_NOW_SECONDS: Final = 45
WEEK_DAYS: Final = 7
WIDE_STOPS: Final = ("。", "！", "？", "：", "；")
NO_BREAK: Final = "\u00a0"
DOT: Final = " · "
NAME_CHARACTERS: Final = 32
_LONG_WORD: Final = re.compile(r"(\S{24})(?=\S)")
_RIGHT_TO_LEFT: Final = ("R", "AL")


def size(size_bytes: int) -> str:
    """Such as 4.2 MB, never wrapped between the two."""
    traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    decimals = 0 if size_bytes < 1024 * 1024 else 1
    return QLocale().formattedDataSize(size_bytes, decimals, traditional).replace(" ", NO_BREAK)


def rate(bytes_per_second: float) -> str:
    """Such as 1.3 MB/s."""
    return _tr("{size}/s").format(size=size(round(bytes_per_second)))


def percent(share: float) -> str:
    """Such as 34 %; never 100 % before all is done."""
    return _tr("{n} %").format(n=int(max(0.0, min(1.0, share)) * 100))


def duration(seconds: float) -> str:
    """Such as 3:05 or 1:02:09."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, HOUR_SECONDS)
    minutes, left = divmod(rest, MINUTE_SECONDS)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def time_left(seconds: float) -> str:
    """Such as "about 2 min left"; rounded, because nobody knows better."""
    if seconds < MINUTE_SECONDS:
        return _tr("under 1 min left")
    if seconds < HOUR_SECONDS:
        return _tr("about {n} min left").format(n=round(seconds / MINUTE_SECONDS))
    return _tr("about {n} h left").format(n=round(seconds / HOUR_SECONDS))


def relative(moment: datetime, now: datetime) -> str:
    """How long ago, while that says more than a date; both times are aware."""
    seconds = (now - moment).total_seconds()
    if seconds < JUST_NOW_SECONDS:
        return _tr("just now")
    if seconds < HOUR_SECONDS:
        return _tr("{n} min ago").format(n=max(1, round(seconds / MINUTE_SECONDS)))
    days = (_local(now).date() - _local(moment).date()).days
    if days == 0:
        return time_of_day(moment)
    if days == 1:
        return _tr("yesterday {time}").format(time=time_of_day(moment))
    if days < WEEK_DAYS:
        return QLocale().dayName(_local(moment).isoweekday(), QLocale.FormatType.LongFormat)
    return short_date(moment)


def day_and_time(moment: datetime, now: datetime) -> str:
    """When something was, in the middle of a sentence: today 18:02, yesterday 9:15, a date."""
    days = (_local(now).date() - _local(moment).date()).days
    if days == 0:
        return _tr("today {time}").format(time=time_of_day(moment))
    return relative(moment, now) if days == 1 else absolute(moment)


def short_date(moment: datetime) -> str:
    """As the locale writes it, such as 9/1/26; 2026-09-01 where no country is set."""
    if QLocale().language() is QLocale.Language.C:
        return QLocale().toString(_qt(moment).date(), "yyyy-MM-dd")
    return QLocale().toString(_qt(moment).date(), QLocale.FormatType.ShortFormat)


def absolute(moment: datetime) -> str:
    """Date and time in full, for tooltips and details."""
    if QLocale().language() is QLocale.Language.C:
        return f"{short_date(moment)} {time_of_day(moment)}"
    return QLocale().toString(_qt(moment), QLocale.FormatType.ShortFormat)


def day(of: date) -> str:
    """As the locale writes it with short names, such as Sun, 1 Mar 2026."""
    pattern = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    short = pattern.replace("dddd", "ddd").replace("MMMM", "MMM")
    return QLocale().toString(QDate(of.year, of.month, of.day), short)


def time_of_day(moment: datetime) -> str:
    return QLocale().toString(_qt(moment).time(), QLocale.FormatType.ShortFormat)


def exact_time(moment: datetime) -> str:
    """With its seconds and without its zone, such as 14:05:09."""
    pattern = QLocale().timeFormat(QLocale.FormatType.LongFormat).replace("t", "").strip()
    return QLocale().toString(_qt(moment).time(), pattern)


def short_duration(seconds: float) -> str:
    """Such as 0.4 s, 42 s or 3:05."""
    if seconds < TENTHS_SECONDS:
        return _tr("{n} s").format(n=decimal(max(0.0, seconds), digits=1))
    if seconds < MINUTE_SECONDS:
        return _tr("{n} s").format(n=round(seconds))
    return duration(seconds)


def countdown(until: datetime, now: datetime) -> str:
    """Seconds until a moment, such as "8 s"; never negative."""
    return _tr("{n} s").format(n=max(0, -((now - until) // timedelta(seconds=1))))


def credits(amount: str) -> str:
    """The service's own decimal string, without the zeros at its end (contract §4)."""
    short = amount.rstrip("0").rstrip(".") if "." in amount else amount
    return _tr("{amount} credits").format(amount=localized(short or "0"))


def sentences(texts: Iterable[str]) -> str:
    """One after the other, without a space where the first one's stop brings its own."""
    said = ""
    for text in filter(None, texts):
        space = "" if not said or said.endswith(WIDE_STOPS) else " "
        said = f"{said}{space}{text}"
    return said


def listed(texts: Iterable[str]) -> str:
    """What there is to say about one thing, such as "Done, 2 of 2 saved"."""
    return _tr(", ").join(filter(None, texts))


def heard(*parts: str) -> str:
    """The same for a screen reader, which would name the dots in what is shown."""
    return listed(part.replace(DOT, _tr(", ")) for part in parts)


def localized(decimals: str) -> str:
    """A plain decimal text with the locale's point, as exact as it was."""
    return decimals.replace(".", QLocale().decimalPoint())


def decimal(number: float, *, digits: int) -> str:
    """With so many digits after the locale's point."""
    return QLocale().toString(number, "f", digits)


def count(number: int) -> str:
    """With the locale's group separators."""
    return QLocale().toString(number)


def short_name(name: str) -> str:
    """A name somebody gave, cut to what fits into a sentence or a menu."""
    return name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1].rstrip()}…"


def menu_name(name: str) -> str:
    """Such a name as the words of a menu's entry, where an & would mark a letter."""
    return short_name(name).replace("&", "&&")


def breakable(text: str) -> str:
    """With places to wrap within very long words, where a label would grow instead."""
    return _LONG_WORD.sub("\\1\u200b", text)


def isolated(text: str) -> str:
    """What a user wrote, as part of a sentence whose direction it is not to change."""
    turns = any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)
    return f"\u2068{text}\u2069" if turns else text


def _local(moment: datetime) -> datetime:
    return moment.astimezone()


def _qt(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.astimezone(UTC).timestamp()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("format", text)
