"""Attacks by names: titles that become files, words of the command line, rows of settings, logs."""

import contextlib
import csv
import io
import logging
import sqlite3
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from msgspec.structs import fields

from beatra_desktop.domain.clip_names import problem_of
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.titles import first_words, one_line
from beatra_desktop.logs import RedactingFormatter
from beatra_desktop.options import parse
from beatra_desktop.services.filenames import clip_name, extension, free_path, safe_stem
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.ui.activity.charges_model import _harmless as harmless
from tests.faults.campaign import Case, Verdict
from tests.faults.hostile_texts import nasty, with_halves

INSIDE: Final = "nothing leaves the folder"
HARMLESS: Final = "nothing is executed"
SENTENCE: Final = "polite sentence"
NAMES: Final = (
    "CON", "con.txt", "NUL", "aux.", "LPT1.mp3", "COM¹", "..", "../..", "../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd", "C:\\x", "\\\\evil\\share", "a/b", "a\\b", "a:b", "a\0b", "a\nb", "x" * 300,
    "日" * 300,
    "🎵" * 200, "e\u0301" * 200, "song.", "song ", " . ", "", "\u202egnp.exe", "\u200b",
    ".hidden", "-rf",
    "~", "$HOME", "`id`", "%2e%2e%2f", "{title}", "a*b?c<d>e|f", "\u2028", "CONIN$", "CLOCK$",
    "a" + "\u0301" * 300,
)  # fmt: skip
DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{name}{digit}" for name in ("COM", "LPT") for digit in "0123456789¹²³"}
)
OPTIONS: Final = (
    "--data-dir", "--profile", "--base-url", "--tour", "--version", "--help", "--data-dir=",
    "--", "-",
    "--profile=", "--base-url=", "-x", "--unknown", "--data", "@file", "--tour=\0", "-rf",
)  # fmt: skip
WORDS: Final = (
    "", " ", "\0", "a\0b", "\udcff\udcfe", "x" * 100_000, "file:", "file://", "file:///%00", "file://[",
    "file:///a%ff", "file://evil/share", "http://", "http://[", "http://\u202e", "javascript:x",
    "beatra:",
    "beatra://x/../..", "beatra:" + "x" * 10_000, "🎵.mp3", "\n", "../..", "~", "$(id)", "%s%n",
    "\x1b[2J",
    "beatra:task/\0", "beatra:[", "file:///[", "sk-not-a-key", "user:pass@host", "http://user:p@h/",
)  # fmt: skip
STEERING: Final = ("Cc", "Cs")


def song_name(case: Case) -> Iterator[Verdict]:
    """A title, whatever it is, names one new file in the folder that every system takes."""
    random = case.random
    title = with_halves(random, random.choice([random.choice(NAMES), nasty(random, 12)]))
    template = random.choice(["{title}", "{title} {n}", "{date} {title}", "{model}-{title}", "{n}"])
    assert problem_of(template) is None
    name = clip_name(_clip(title), _task(random), template=template, clips=random.randint(1, 3))
    stem, ending = (
        safe_stem(name),
        extension(random.choice(["audio/mpeg", "a/../../b", nasty(random, 2)])),
    )
    target = case.folder / "songs"
    target.mkdir()
    path = free_path(target, stem, ending, Path.exists)
    path.write_bytes(b"song")
    again = free_path(target, stem, ending, Path.exists)
    again.write_bytes(b"song")
    found = sorted(case.folder.rglob("*"))
    here = {target, path, again} == set(found) and path != again and path.parent == target
    yield Verdict(promise=INSIDE, kind="song name", problem="" if here else f"{title!r}: {found}")
    yield Verdict(
        promise=SENTENCE,
        kind="song name",
        problem=_unfit(path.name) and f"{title!r}: {_unfit(path.name)}",
    )


def titles(case: Case) -> Iterator[Verdict]:
    """A title made of a text is one line that reaches beyond nothing."""
    random = case.random
    text = with_halves(random, random.choice([random.choice(NAMES), nasty(random, 40)]))
    for made in (first_words(text), one_line(text, 60)):
        wrong = [
            c for c in made if unicodedata.category(c) == "Cc" or c in "\u202a\u202e\u2066\u2028"
        ]
        yield Verdict(promise=HARMLESS, kind="titles", problem=f"{made!r}" if wrong else "")
    long = len(one_line(text, 60)) > 60
    yield Verdict(promise=SENTENCE, kind="titles", problem=repr(text) if long else "")


def command_line(case: Case) -> Iterator[Verdict]:
    """Words are understood, or refused with a sentence and code 2; nothing else is raised."""
    random = case.random
    words = [
        random.choice([*OPTIONS, *WORDS, nasty(random, 3)]) for _ in range(random.randint(0, 6))
    ]
    told = io.StringIO()
    code = 0
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
        try:
            parse(words)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    polite = code in (0, 2) and "Traceback" not in told.getvalue()
    yield Verdict(promise=SENTENCE, kind="command line", problem="" if polite else repr(words))
    yield Verdict(
        promise=INSIDE, kind="command line", problem=str(list(case.folder.iterdir()) or "")
    )


def settings(case: Case) -> Iterator[Verdict]:
    """Rows that somebody else wrote give settings within their limits, or the defaults."""
    random = case.random
    path = case.folder / "beatra.db"
    Database.open(path).close()
    rows = [
        (f"settings.{each.name}", _odd(random))
        for each in fields(Settings)
        if random.random() < 0.5
    ]
    rows += [
        ("settings.unknown", 5),
        ("ui.x", _odd(random)),
        (nasty(random, 3).replace("\0", ""), b"\xff"),
    ]
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", rows)
    with contextlib.closing(Database.open(path)) as database:
        repository = SettingsRepository(database)
        level = logging.getLogger().manager.disable
        logging.disable(logging.CRITICAL)
        loaded = repository.load()
        logging.disable(level)
        repository.get_text("x").encode()
        same = loaded == loaded.within_limits()
        yield Verdict(promise=SENTENCE, kind="settings", problem="" if same else repr(rows))


def log_line(case: Case) -> Iterator[Verdict]:
    """What is written to a log or a terminal steers neither."""
    text = with_halves(case.random, nasty(case.random, 30)) + "\x1b]0;x\x07\x9b2J\r"
    record = logging.LogRecord("x", logging.WARNING, "", 0, "told %s", (text,), None)
    line = RedactingFormatter("%(message)s").format(record)
    line.encode()
    wrong = [c for c in line if unicodedata.category(c) in STEERING and c not in "\n\t"]
    yield Verdict(promise=HARMLESS, kind="log line", problem=repr(wrong) if wrong else "")


def spreadsheet(case: Case) -> Iterator[Verdict]:
    """A name in the table of charges is text to a spreadsheet."""
    random = case.random
    name = random.choice("=+-@\t\r") + nasty(random, 5)
    out = io.StringIO()
    csv.writer(out).writerow([harmless(name)])
    cell = next(csv.reader(io.StringIO(out.getvalue())))[0]
    begins = cell[:1] in tuple("=+-@\t\r")
    yield Verdict(promise=HARMLESS, kind="spreadsheet", problem=repr(name) if begins else "")


def _unfit(name: str) -> str:
    """Why a system would not take a file's name; empty when each does."""
    device = name.partition(".")[0].rstrip(" ").upper() in DEVICES
    ends = (
        name != name.strip(" ")
        or name.startswith((".", "-"))
        or name.partition(".mp3")[0].endswith((" ", "."))
    )
    signs = [
        c for c in name if c in '<>:"/\\|?*' or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
    ]
    turns = [
        c for c in name if c in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ]
    long = len(name.encode()) > 255 or len(name) > 120
    reasons = {"a device": device, "its ends": ends, "signs": signs, "turns": turns, "long": long}
    return ", ".join(reason for reason, true in reasons.items() if true)


def _clip(title: str) -> Clip:
    return Clip(
        id=ClipId("c"), task_id=TaskId("t"), index=0, title=title, url="", delivery=Delivery.WAITING
    )


def _task(random: Random) -> MusicTask:
    return MusicTask(
        id=TaskId("t"), profile_id=ProfileId("p"), prompt=MusicPrompt(prompt="x",
        model=nasty(random, 2)),
        status=TaskStatus.QUEUED, created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _odd(random: Random) -> Any:
    return random.choice(
        [0, -1, 2**62, 1e308, "", "x" * 5_000, b"\xff\xfe", "light", "\u202e", "[]", 3]
    )


ATTACKS: Final = {
    "song name": song_name, "titles": titles, "command line": command_line, "settings": settings,
    "log line": log_line, "spreadsheet": spreadsheet,
}  # fmt: skip
