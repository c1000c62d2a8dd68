import pytest

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.ui.activity.sifting import Sieve, words_of
from tests.ui.activity.rows import activity

ROW = activity(
    title="Lamps along the river",
    model="suno-5.5",
    request_id="req_01K8",
    idempotency_key="key-7",
    state=ActivityState.FAILED,
    failure=Failure(code=FailureCode.INSUFFICIENT_BALANCE),
)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True),
        ("LAMPS", True),
        ("river lamps", True),
        ("lamps snow", False),
        ("suno", True),
        ("req_01", True),
        ("key-7", True),
        ("sandbox", True),
        ("song", True),
        ("not enough credits", True),
    ],
)
def test_every_word_has_to_be_somewhere_in_the_row(text: str, is_found: bool) -> None:
    assert Sieve(text=text).takes(ROW, lambda row: words_of(row, "Sandbox")) is is_found


def test_kinds_are_counted_apart_and_states_are_only_hidden() -> None:
    assert not Sieve(kind=ActivityKind.UPLOAD).takes(ROW, _no_words)
    assert Sieve(kind=ActivityKind.SONG).takes(ROW, _no_words)
    done = Sieve(state=ActivityState.DONE)
    assert done.takes(ROW, _no_words)
    assert not done.shows(ROW)
    assert Sieve(state=ActivityState.FAILED).shows(ROW)


def _no_words(_row: Activity) -> str:
    raise AssertionError("nobody looks for words")


def test_only_a_sieve_without_wishes_is_open() -> None:
    assert Sieve().is_open
    assert not Sieve(text="x").is_open
    assert not Sieve(kind=ActivityKind.SONG).is_open
