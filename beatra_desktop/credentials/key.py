"""A key that does not show itself."""

import hmac
from typing import Final, NoReturn

from beatra_desktop import logs
from beatra_desktop.domain.api_keys import ApiKeyProblem, api_key_problem

_MIN_HINT_CHARS: Final = 16


class InvalidKey(ValueError):
    """The text can't be an API key; it is never part of this."""

    def __init__(self, problem: ApiKeyProblem) -> None:
        super().__init__(f"The key is refused: {problem}")
        self.problem = problem


class ApiKey:
    """Shows its text only through `reveal()`; the text is also kept out of all logs."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Raises InvalidKey for what no service gives out, such as a key cut by a line break."""
        self._text = text.strip()
        if problem := api_key_problem(self._text):
            raise InvalidKey(problem)
        logs.register_secret(self._text)

    def reveal(self) -> str:
        return self._text

    @property
    def hint(self) -> str:
        """The ends of the key; short keys show nothing, for the ends would be most of them."""
        if len(self._text) < _MIN_HINT_CHARS:
            return "…"
        return f"{self._text[:3]}…{self._text[-4:]}"

    def __repr__(self) -> str:
        return f"ApiKey({self.hint})"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ApiKey):
            return NotImplemented
        return hmac.compare_digest(self._text, other._text)

    def __hash__(self) -> int:
        return hash((ApiKey, self._text))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("An API key is never copied into a file or another process")
