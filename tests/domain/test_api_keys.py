import pytest

from beatra_desktop.domain.api_keys import MAX_KEY_CHARS, ApiKeyProblem, api_key_problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ApiKeyProblem.EMPTY),
        ("sk-1", None),
        ("!~", None),
        ("x" * MAX_KEY_CHARS, None),
        ("x" * (MAX_KEY_CHARS + 1), ApiKeyProblem.TOO_LONG),
        ("Bearer sk-1", ApiKeyProblem.NOT_ALLOWED),
        ("sk-1\n", ApiKeyProblem.NOT_ALLOWED),
        ("sk-\x7f", ApiKeyProblem.NOT_ALLOWED),
        ("ключ", ApiKeyProblem.NOT_ALLOWED),
    ],
)
def test_what_can_be_a_key(text: str, problem: ApiKeyProblem | None) -> None:
    assert api_key_problem(text) is problem
