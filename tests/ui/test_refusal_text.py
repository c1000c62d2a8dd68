"""Whatever keeps the app from starting is told in sentences, in the language of the window."""

from pathlib import Path

import pytest

from beatra_desktop.domain.choices import Language
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.ui import language
from beatra_desktop.ui.refusal_text import (
    describe_storage,
    describe_unknown_profile,
    describe_unwritable_folder,
)


def _described(problem: StorageProblem) -> str:
    return describe_storage(problem, Path("x.db"), detail="EIO", found=3, known=2)


@pytest.mark.parametrize("problem", StorageProblem)
def test_each_problem_of_the_database_says_what_was_kept_and_what_to_do(
    problem: StorageProblem,
) -> None:
    assert _described(problem).count(". ") >= 2
    assert "{" not in _described(problem)


def test_the_language_of_the_window_is_spoken(qapp: object) -> None:
    english = [_described(problem) for problem in StorageProblem]
    language.use(Language.CHINESE)
    try:
        chinese = [_described(problem) for problem in StorageProblem]
    finally:
        language.use(Language.ENGLISH)
    assert not set(english) & set(chinese)
    assert all("。" in sentence for sentence in chinese)


def test_a_folder_is_named_with_the_reason() -> None:
    sentence = describe_unwritable_folder(Path("/data"), "Read-only file system")
    assert "/data: Read-only file system." in sentence
    assert "--data-dir" in sentence


def test_an_unknown_profile_is_named() -> None:
    assert "“nope”" in describe_unknown_profile("nope")
