import pytest

from beatra_desktop.domain.api_keys import MAX_KEY_CHARS, ApiKeyProblem
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MusicPrompt, Reference, problems
from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel
from beatra_desktop.domain.profiles import BaseUrlProblem
from beatra_desktop.ui import format
from beatra_desktop.ui.error_text import (
    ErrorAction,
    Kept,
    describe,
    describe_api_key,
    describe_base_url,
    describe_prompt,
)
from beatra_desktop.ui.notice_text import describe_notice


@pytest.mark.parametrize("kept", list(Kept))
@pytest.mark.parametrize("code", list(FailureCode))
def test_every_failure_says_what_happened_and_what_to_do(code: FailureCode, kept: Kept) -> None:
    words = describe(Failure(code=code), kept)
    assert words.title
    assert not words.title.endswith(".")
    assert words.sentence[0].isupper() or words.sentence[0] == "“"
    assert words.sentence.endswith(".")
    assert "{" not in words.sentence
    assert "  " not in words.sentence
    assert bool(words.action_label) is (words.action is not ErrorAction.NONE)


def test_the_culprit_is_named() -> None:
    failure = Failure(code=FailureCode.FILE_TOO_LARGE, subject="take 3.wav", detail="132 MB")
    assert "“take 3.wav”" in describe(failure, Kept.FILE).sentence


def test_what_the_service_said_becomes_a_sentence_and_is_never_a_pattern() -> None:
    failure = Failure(code=FailureCode.INVALID_REQUEST, server_message="prompt {0} is too long")
    assert describe(failure).sentence.startswith("Prompt {0} is too long. Nothing was charged.")


def test_what_was_kept_is_said_last() -> None:
    failure = Failure(code=FailureCode.OFFLINE)
    assert describe(failure, Kept.MESSAGE).sentence.endswith("Your message is kept.")
    assert "kept" not in describe(failure).sentence


@pytest.mark.parametrize("problem", list(BaseUrlProblem))
def test_every_problem_of_a_base_url_has_its_sentence(problem: BaseUrlProblem) -> None:
    sentence = describe_base_url(problem)
    assert sentence.endswith(".")
    others = {describe_base_url(other) for other in BaseUrlProblem if other is not problem}
    assert sentence not in others


def test_every_problem_of_a_prompt_has_its_sentence() -> None:
    reference = Reference(upload_id=UploadId("u"), name="take.wav")
    found = problems(MusicPrompt(prompt=" ", reference=reference))
    sentences = [describe_prompt(problem) for problem in found]
    assert len(set(sentences)) == len(found) == 2
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize("problem", list(ApiKeyProblem))
def test_what_is_no_key_is_told_in_two_sentences(problem: ApiKeyProblem) -> None:
    assert describe_api_key(problem).count(". ") == 1
    assert "{" not in describe_api_key(problem)
    assert format.count(MAX_KEY_CHARS) in describe_api_key(ApiKeyProblem.TOO_LONG)


@pytest.mark.parametrize("code", [code for code in NoticeCode])
def test_every_notice_has_its_words_even_without_parameters(code: NoticeCode) -> None:
    failure = (
        Failure(code=FailureCode.BUG) if code in (NoticeCode.BUG, NoticeCode.FAILURE) else None
    )
    words = describe_notice(Notice(id="n", level=NoticeLevel.INFO, code=code, failure=failure))
    assert words.sentence.endswith(".")
    assert "{" not in words.sentence
    assert bool(words.action_label) is (words.action is not ErrorAction.NONE)
