"""Files on their way in."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import Preflight, Purpose, PurposeRule
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.uploading.inspection import Looked
from beatra_desktop.services.uploading.intake import Intake

pytestmark = pytest.mark.asyncio


@dataclass
class _Bench:
    intake: Intake
    accepted: list[Looked] = field(default_factory=list)

    def drop(self, *paths: Path, rule: PurposeRule = PurposeRule.ALL_AS_MEDIA) -> Any:
        return self.intake.start(paths, rule=rule, links=(), accept=self.accept)

    async def accept(self, looked: Sequence[Looked]) -> None:
        self.accepted += looked

    async def looked(self, *paths: Path, **rule: Any) -> Preflight | None:
        preflight_id = self.drop(*paths, **rule)
        async with asyncio.timeout(30):
            while self.is_looking(preflight_id):  # noqa: ASYNC110  # a thread ends it
                await asyncio.sleep(0.01)
        return self.intake.preflights.get(preflight_id)

    def is_looking(self, preflight_id: str) -> bool:
        preflight = self.intake.preflights.get(preflight_id)
        return preflight is not None and preflight.is_looking


@asynccontextmanager
async def _open() -> AsyncIterator[_Bench]:
    bugs: list[BaseException] = []
    async with Supervisor(lambda error, _: bugs.append(error)) as supervisor:
        yield _Bench(Intake(supervisor))
    assert not bugs


@pytest.fixture
def folder(tmp_path: Path, tone: Path) -> Path:
    """Two good files, two bad ones and a hidden one."""
    folder = tmp_path / "drop"
    folder.mkdir()
    tone.rename(folder / "tone.wav")
    (folder / "note.txt").write_text("words")
    (folder / "empty.txt").touch()
    (folder / "song.mp3").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / ".hidden").write_text("words")
    return folder


async def test_what_is_good_is_taken_and_the_rest_is_told(folder: Path) -> None:
    async with _open() as bench:
        preflight = await bench.looked(folder, folder / "gone.txt")
        assert preflight is not None
        assert (preflight.total, preflight.accepted, preflight.skipped) == (5, 2, 1)
        assert preflight.bytes == sum(looked.size for looked in bench.accepted) > 0
        assert {refusal.name: refusal.failure.code for refusal in preflight.refusals} == {
            "empty.txt": FailureCode.FILE_EMPTY,
            "song.mp3": FailureCode.FILE_DISGUISED,
            "gone.txt": FailureCode.FILE_GONE,
        }
        assert [looked.path.name for looked in bench.accepted] == ["note.txt", "tone.wav"]


@pytest.mark.parametrize(
    ("rule", "purposes", "refused"),
    [
        (PurposeRule.ALL_AS_MEDIA, [Purpose.MEDIA_INPUT, Purpose.MEDIA_INPUT], []),
        (
            PurposeRule.AUDIO_AS_REFERENCE,
            [Purpose.MEDIA_INPUT, Purpose.REFERENCE_AUDIO],
            [],
        ),
        (PurposeRule.REFERENCE_ONLY, [Purpose.REFERENCE_AUDIO], ["note.txt"]),
    ],
)
async def test_the_rule_says_what_files_are_for(
    folder: Path, rule: PurposeRule, purposes: list[Purpose], refused: list[str]
) -> None:
    async with _open() as bench:
        preflight = await bench.looked(folder / "note.txt", folder / "tone.wav", rule=rule)
        assert [looked.purpose for looked in bench.accepted] == purposes
        told = preflight.refusals if preflight else ()
        assert [refusal.name for refusal in told] == refused


async def test_a_preflight_with_nothing_to_tell_goes_by_itself(folder: Path) -> None:
    async with _open() as bench:
        assert await bench.looked(folder / "note.txt") is None
        empty = folder / "nothing"
        empty.mkdir()
        preflight = await bench.looked(empty)
        assert preflight is not None, "a drop without effect is told"
        assert preflight.total == 0
        bench.intake.dismiss(preflight.id)
        assert len(bench.intake.preflights) == 0


async def test_links_are_refused_by_name(folder: Path) -> None:
    async with _open() as bench:
        preflight_id = bench.intake.start(
            [], rule=PurposeRule.ALL_AS_MEDIA, links=["https://x.org/a.mp3"], accept=bench.accept
        )
        preflight = bench.intake.preflights.get(preflight_id)
        assert preflight is not None
        assert preflight.is_looking
        [refusal] = preflight.refusals
        assert (refusal.name, refusal.failure.code) == (
            "https://x.org/a.mp3",
            FailureCode.NOT_LOCAL,
        )


async def test_what_is_dismissed_while_it_is_looked_at_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def is_dir(_: Path) -> bool:
        """A slow disk."""
        begun.set()
        go_on.wait()
        return True

    async with _open() as bench:
        monkeypatch.setattr(Path, "is_dir", is_dir)
        preflight_id = bench.drop(folder)
        await asyncio.to_thread(begun.wait)
        bench.intake.dismiss(preflight_id)
        assert len(bench.intake.preflights) == 0
        go_on.set()
    assert bench.accepted == []


async def test_a_large_drop_tells_how_far_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    is_file_there = Path.stat

    def stat(path: Path, **how: Any) -> Any:
        if path.name == "tone.wav":
            go_on.wait()
        return is_file_there(path, **how)

    async with _open() as bench:
        seen: list[int] = []

        def on_changed(row: int) -> None:
            seen.append(bench.intake.preflights[row].total)
            if seen[-1] == 3:
                go_on.set()

        bench.intake.preflights.changed.connect(on_changed)
        monkeypatch.setattr(Path, "stat", stat)
        preflight = await bench.looked(folder)
        assert preflight is not None
        assert 3 in seen
        assert preflight.total == 4
