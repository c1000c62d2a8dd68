"""The error envelope and every code of contract §5."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

JsonObject: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code means when nothing more precise is known."""

    status: int
    retryable: bool
    message: str


KINDS: Final[dict[str, Kind]] = {
    "unauthorized": Kind(401, False, "Send your API key as “Authorization: Bearer …”."),
    "invalid_api_key": Kind(401, False, "This API key is unknown, disabled or revoked."),
    "api_key_region_mismatch": Kind(400, False, "This API key belongs to another region."),
    "tenant_disabled": Kind(403, False, "This account is suspended."),
    "forbidden": Kind(403, False, "This key is not allowed to do that."),
    "email_send_failed": Kind(502, True, "The sign-in mail could not be sent."),
    "insufficient_balance": Kind(402, False, "Your balance is too low for this task."),
    "billing_failed": Kind(500, True, "The charge did not go through. Nothing was taken."),
    "invalid_request": Kind(422, False, "The request is not valid."),
    "unsupported_capability": Kind(400, False, "This capability is unknown or switched off."),
    "unsupported_model": Kind(400, False, "This model is unknown or not made for this request."),
    "unsupported_option": Kind(422, False, "The model does not take this option."),
    "rate_limited": Kind(429, True, "Too many requests at once. Wait a moment."),
    "model_unavailable": Kind(503, True, "This model is busy. Try again, or use “auto”."),
    "safety_rejected": Kind(422, False, "The content was refused by the model's safety rules."),
    "not_found": Kind(404, False, "There is nothing at this address."),
    "task_not_found": Kind(404, False, "There is no task with this id."),
    "artifact_not_found": Kind(404, False, "There is no artifact with this id."),
    "idempotency_conflict": Kind(
        409, False, "This Idempotency-Key was used before with another request."
    ),
    "task_not_cancelable": Kind(409, False, "This task can no longer be canceled."),
    "file_too_large": Kind(413, False, "The file is larger than 100 MB."),
    "provider_error": Kind(502, True, "The model's provider reported an error."),
    "provider_timeout": Kind(504, True, "The model's provider did not answer in time."),
    "internal_error": Kind(500, True, "Something went wrong on the server."),
}
UNKNOWN_KIND: Final = Kind(400, False, "The request failed.")


class ApiError(Exception):
    """A non-2xx answer; what is left out comes from the code's row in `KINDS`."""

    def __init__(
        self,
        code: str,
        message: str | None = None,
        *,
        status: int | None = None,
        param: str | None = None,
        details: JsonObject | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        kind = KINDS.get(code, UNKNOWN_KIND)
        super().__init__(message or kind.message)
        self.code = code
        self.status = status or kind.status
        self.retryable = kind.retryable
        self.param = param
        self.details = details
        self.retry_after_s = retry_after_s

    def envelope(self, request_id: str) -> JsonObject:
        """Return the body of contract §2."""
        return {"error": self.inner(request_id)}

    def inner(self, request_id: str | None = None) -> JsonObject:
        """Return the object inside the envelope; also the form of `task.error`."""
        optional = {"request_id": request_id, "param": self.param, "details": self.details}
        return {
            "code": self.code,
            "message": str(self),
            "retryable": self.retryable,
            **{name: value for name, value in optional.items() if value is not None},
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request body; `pointer` is an RFC 6901 JSON Pointer."""

    pointer: str
    message: str
    code: str = "invalid_request"


def refusal(problems: Sequence[Problem]) -> ApiError:
    """Fold problems into one error: the first decides code and `param` (contract §5)."""
    first = problems[0]
    return ApiError(
        first.code, first.message, param=first.pointer, details=_details(first.code, problems)
    )


def _details(code: str, problems: Sequence[Problem]) -> JsonObject:
    errors = [{"field": problem.pointer, "message": problem.message} for problem in problems]
    if code != "unsupported_option":
        return {"errors": errors}
    fields = [problem.pointer.rsplit("/", 1)[-1] for problem in problems if problem.code == code]
    return {"errors": errors, "unsupported_fields": fields}
