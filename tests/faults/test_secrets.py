"""A small run of the campaign for secrets, and one in which keys are left everywhere on purpose."""

from pathlib import Path
from random import Random

import pytest

from tests.faults import secrets_app
from tests.faults.campaign import assert_kept, parametrize
from tests.faults.secrets import CAMPAIGN
from tests.faults.secrets_app import Play


@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path) -> None:
    assert_kept(CAMPAIGN, number, tmp_path)


def _plant(play: Play) -> None:
    play.app.do("plant", backwards=play.backwards)
    (play.folder / "data" / "logs" / "odd.log").write_text(f"Bearer {play.canary.key}")


def test_what_is_left_in_the_app_on_purpose_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(secrets_app.FLOWS, "check", _plant)
    found = "\n".join(
        secrets_app.play_through(tmp_path, Random(1), way="session", ending="quit", flows=["check"])
    )
    for place in (
        "widgets", "clipboard", "notices", "/environ", "/cmdline", "secrets_actions.Careless",
        "/proc/net/unix", "odd.log", "beatra.db",
    ):  # fmt: skip
        assert place in found
