"""Faults to order: which request they meet and what they do to it.

`POST /_sandbox/faults` takes a rule, or a list of rules:

    {"method": "POST", "path": "/v1/chat/*", "nth": 1, "times": 1, "action": {...}}

`method` and `path` are shell patterns ("*" by default); `nth` is the first matching request the
rule meets, `times` how many from there on (null: all). The first rule that meets a request wins.
An action combines any of the fields of `Action`.
"""

from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

import msgspec

from beatra_desktop.sandbox.ids import new_id

Amount = Annotated[int, msgspec.Meta(ge=0)]
Ordinal = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Status = Annotated[int, msgspec.Meta(ge=200, le=599)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Misspelt fields are refused, so that a test cannot pass for want of its fault."""


class FaultError(_Strict, frozen=True):
    """An error envelope; `retryable: null` leaves the field out, absent takes the code's own."""

    code: str
    message: str | None = None
    retryable: bool | msgspec.UnsetType | None = msgspec.UNSET
    param: str | None = None
    details: dict[str, Any] | None = None


class Drip(_Strict, frozen=True):
    """Send the body `bytes` at a time with a pause after each piece."""

    bytes: Ordinal = 1
    seconds: Seconds = 0.01


class SseFault(_Strict, frozen=True):
    """Put something before event `at_event` (1 is the first) of a stream.

    malformed: an event that is no JSON. oversized: one event of `size_bytes`.
    error: an error object (`error`, by default `internal_error`), then the end without [DONE].
    raw: the text of `raw` as it is. `ends` ends the stream there for the other kinds too.
    """

    kind: Literal["malformed", "oversized", "error", "raw"]
    at_event: Ordinal = 1
    raw: str = ""
    size_bytes: Amount = 2_000_000
    error: FaultError = FaultError(code="internal_error")
    ends: bool = False


class Action(_Strict, frozen=True):
    """What happens to the request.

    delay_seconds: wait, before or after the work (`delay_when`).
    status, error, body, content_type, retry_after, headers: an answer given instead. With
    `does_work` the real work is done (and charged) first and its answer thrown away.
    reset: break the connection (TCP RST) before or after the work.
    reset_after_request_bytes: break it while the request body is still arriving.
    cut_after_bytes, cut_after_events: stop the answer there; `cut` says how: "end" closes the
    HTTP body properly, "close" closes the connection, "reset" breaks it.
    drip: send slowly. sse: spoil a stream.
    content_length_delta: promise more (positive) or fewer (negative) bytes than there are.
    keep_bytes: shorten the body and its length alike, e.g. a truncated audio file.
    expired: answer a media link as expired. finish_reason: end a chat answer with that reason.
    """

    delay_seconds: Seconds = 0.0
    delay_when: Literal["before", "after"] = "before"
    status: Status | None = None
    error: FaultError | None = None
    body: str | None = None
    content_type: str = "text/html; charset=utf-8"
    retry_after: str | int | None = None
    headers: dict[str, str] = {}
    does_work: bool = False
    reset: Literal["before", "after"] | None = None
    reset_after_request_bytes: Amount | None = None
    cut_after_bytes: Amount | None = None
    cut_after_events: Amount | None = None
    cut: Literal["end", "close", "reset"] = "close"
    drip: Drip | None = None
    sse: SseFault | None = None
    content_length_delta: int = 0
    keep_bytes: Amount | None = None
    expired: bool = False
    finish_reason: str | None = None

    @property
    def answers_instead(self) -> bool:
        return self.status is not None or self.error is not None or self.body is not None


class Rule(_Strict, frozen=True):
    action: Action
    method: str = "*"
    path: str = "*"
    nth: Ordinal = 1
    times: Ordinal | None = 1


class Fault:
    """A rule at work: counts the requests that matched it."""

    def __init__(self, rule: Rule) -> None:
        self.fault_id = new_id("flt")
        self.rule = rule
        self.seen = 0
        self.hits = 0

    @property
    def action(self) -> Action:
        return self.rule.action

    def matches(self, method: str, path: str) -> bool:
        return fnmatchcase(method, self.rule.method) and fnmatchcase(path, self.rule.path)

    def meets_next(self) -> bool:
        """Count one matching request and say whether the fault strikes it."""
        self.seen += 1
        last = None if self.rule.times is None else self.rule.nth + self.rule.times
        strikes = self.seen >= self.rule.nth and (last is None or self.seen < last)
        self.hits += strikes
        return strikes

    def report(self) -> dict[str, Any]:
        rule = msgspec.to_builtins(self.rule)
        return {"fault_id": self.fault_id, "seen": self.seen, "hits": self.hits, "rule": rule}


class Faults:
    """All ordered faults, in order."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, rule: Rule) -> Fault:
        fault = Fault(rule)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault for this request, if any; each matching rule counts it."""
        matching = [fault for fault in self._faults if fault.matches(method, path)]
        striking = [fault for fault in matching if fault.meets_next()]
        return striking[0] if striking else None

    def report(self) -> list[dict[str, Any]]:
        return [fault.report() for fault in self._faults]
