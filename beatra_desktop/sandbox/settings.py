"""What `POST /_sandbox/settings` can change; kept over restarts."""

from typing import Annotated, Any, Final, Literal

import msgspec

from beatra_desktop.sandbox.database import Database

FACT: Final = "settings"
Positive = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The switches of a sandbox.

    speed: how many times faster than life tasks and answers go.
    tokens_per_second: pace of a chat stream at speed 1.
    rate_limit_per_minute: requests per key and minute; None is no limit (contract §10 U11).
    strict: unknown request fields and a custom-mode song without title are refused (U19, X7).
    invalid_request_status: 422, or 400 as one page of the docs has it (X1).
    cancel_scenario: what a cancel of a running task does (contract §3.8).
    task_outcome: how tasks end that start from now on.
    link_seconds: how long a clip or upload link works before it must be read anew.
    retention_seconds: how long files are kept.
    clip_seconds: length of new clips; None leaves it to the song.
    """

    speed: Positive = 1.0
    tokens_per_second: Positive = 60.0
    rate_limit_per_minute: Count | None = None
    strict: bool = False
    invalid_request_status: Literal[400, 422] = 422
    cancel_scenario: Literal["normal", "completes", "conflict"] = "normal"
    task_outcome: Literal[
        "succeeds", "fewer_clips", "provider_error", "provider_timeout", "never_ends"
    ] = "succeeds"
    link_seconds: Positive = 3600.0
    retention_seconds: Positive = 30 * 86400.0
    clip_seconds: Positive | None = None


class Switchboard:
    """The settings in force: the command line's, overridden by what was changed since.

    Only the changes are stored, so another `--speed` at the next start takes effect.
    """

    def __init__(self, database: Database, *, defaults: Settings) -> None:
        self._database = database
        self._defaults = defaults
        stored = database.fact(FACT)
        self._changes: dict[str, Any] = {} if stored is None else msgspec.json.decode(stored)
        self.current = _changed(defaults, self._changes)

    def change(self, changes: dict[str, Any]) -> None:
        """Raises msgspec.ValidationError and changes nothing when a field or value is wrong."""
        merged = {**self._changes, **changes}
        self.current = _changed(self._defaults, merged)
        self._changes = merged
        self._database.set_fact(FACT, msgspec.json.encode(merged).decode())

    def reset(self) -> None:
        """Go back to the command line's settings; the caller clears the database."""
        self._changes = {}
        self.current = self._defaults


def _changed(settings: Settings, changes: dict[str, Any]) -> Settings:
    return msgspec.convert({**msgspec.to_builtins(settings), **changes}, Settings)
