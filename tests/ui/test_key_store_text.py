"""Every way a key store can fail has a sentence and a next step."""

import pytest

from beatra_desktop.credentials import Advice
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.ui.error_text import describe
from beatra_desktop.ui.key_store_text import advice, happened


@pytest.mark.parametrize("code", [code for code in Advice if code is not Advice.NONE])
def test_every_code_has_its_words(code: Advice) -> None:
    assert happened(code.value).endswith(".")
    assert advice(code.value).endswith(".")
    assert happened(code.value) != code.value


def test_words_of_older_versions_are_shown_as_they_are() -> None:
    assert happened("The key store is locked.") == "The key store is locked."
    assert advice("The key store is locked.") == ""


def test_a_failure_says_what_the_store_did_and_what_is_kept() -> None:
    words = describe(Failure(code=FailureCode.KEY_STORE, detail="unlock_keyring"))
    assert words.sentence.startswith("The key store is locked. What it already holds stays there.")
