"""Mending a damaged database, broken off anywhere."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.storage import recovery
from beatra_desktop.storage.backups import backup, finding
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.recovery import recover, restore
from beatra_desktop.storage.settings import SettingsRepository
from tests.storage.damage import MESSAGES, log_of, page_with, spoil, texts


class Ended(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", ["unlink", "replace"])
def test_an_end_of_the_app_between_the_old_log_and_the_new_file_loses_nothing(
    filled: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database.open(filled)) as database:
        SettingsRepository(database).set_text("only", "in the log")
        database.flush()
        copy = filled.with_name("copy.db")
        for source, target in ((filled, copy), (log_of(filled), log_of(copy))):
            shutil.copyfile(source, target)

    go_on = getattr(Path, step)

    def end(self: Path, *rest: Path, **named: bool) -> None:
        if self == log_of(copy) or copy in rest:
            raise Ended
        go_on(self, *rest, **named)

    with monkeypatch.context() as context:
        context.setattr(Path, step, end)
        with pytest.raises(Ended):
            recover(copy)
    with closing(Database.open(copy)) as again:
        assert SettingsRepository(again).get_text("only") == "in the log"
        assert finding(again.read()) is None
    assert len(texts(copy)) == MESSAGES
    kept = [each.name for each in copy.parent.glob("copy*") if "-damaged-" in each.name]
    assert {each.name for each in copy.parent.glob("copy*")} == {"copy.db", *kept}


def test_what_an_end_of_the_app_left_of_a_copy_goes_with_the_next_try(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(filled)
    left = set(filled.parent.iterdir())
    spoil(filled, page_with(filled, "number 300 "))

    def end(*_: object) -> None:
        raise Ended

    with monkeypatch.context() as context:
        context.setattr(shutil, "rmtree", lambda *_, **__: None)
        context.setattr(recovery, "take_over", end)
        with pytest.raises(Ended):
            recover(filled)
    assert set(filled.parent.iterdir()) > left
    done = restore(filled, made)
    assert set(filled.parent.iterdir()) == {*left, done.kept}
