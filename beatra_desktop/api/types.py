"""What comes in. Only what the contract promises is required; everything else may be missing.

Answers are read by `lenient`: a field of an unexpected type counts as missing.
"""

from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from msgspec import Struct

from beatra_desktop.api.lenient import Decimals

TEXT_TYPES: Final = frozenset({None, "text", "output_text"})

T = TypeVar("T")
Timestamp = Annotated[datetime, msgspec.Meta(tz=True)]
TokenCount = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Amount = Annotated[str, msgspec.Meta(pattern=r"\A-?[0-9]{1,18}(?:\.[0-9]{1,18})?\Z")]


class Answer(Generic[T], Struct, frozen=True, kw_only=True):
    """What the service said and how to find it again.

    `seconds` from sending to the whole answer; `retry_after` in seconds, as a hint for polling.
    """

    value: T
    status: int
    request_id: str
    seconds: float
    retry_after: float | None = None


class Usage(msgspec.Struct):
    """Tokens of a chat answer; missing is not zero (contract §3.1).

    The credits are decimal strings. No service is known to send them with chat (contract U3).
    """

    prompt_tokens: TokenCount | None = None
    completion_tokens: TokenCount | None = None
    total_tokens: TokenCount | None = None
    credits: Amount | None = None
    credits_usd_reference: Amount | None = None


class ContentPart(msgspec.Struct):
    """A piece of a message; other types than text (thinking, images) are not ours to show."""

    type: str | None = None
    text: str | None = None


class ChatText(msgspec.Struct):
    """A delta of a stream, or the message of a whole answer; its reasoning is not read."""

    role: str | None = None
    content: str | list[str | ContentPart] | None = None

    @property
    def text(self) -> str:
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "".join(map(_text_of, self.content))


class ChatChoice(msgspec.Struct):
    index: int | None = None
    delta: ChatText | None = None
    message: ChatText | None = None
    finish_reason: str | None = None


class ChatChunk(msgspec.Struct):
    """A `chat.completion.chunk`, a `chat.completion`, or an error inside a stream."""

    id: str | None = None
    model: str | None = None
    choices: list[ChatChoice] | None = None
    usage: Usage | None = None
    error: Any = None


class ErrorBody(msgspec.Struct):
    """The error envelope's content; also `error` of a task (contract §4).

    `type` is what services in OpenAI's manner say where they give no `code`.
    """

    code: str | None = None
    message: str | None = None
    retryable: bool | None = None
    request_id: str | None = None
    param: str | None = None
    details: dict[str, Any] | None = None
    type: str | None = None


class Progress(msgspec.Struct):
    """A phase mark of a task; `percent` is 0 to 100 (contract §4)."""

    percent: float | None = None
    stage: str | None = None
    message: str | None = None


class Audio(msgspec.Struct):
    url: str | None = None
    artifact_id: str | None = None
    mime_type: str | None = None
    duration_seconds: float | None = None
    size_bytes: int | None = None


class Clip(msgspec.Struct):
    audio: Audio
    title: str | None = None
    lyrics: str | None = None
    tags: str | list[str] | None = None


class TaskOutput(msgspec.Struct):
    clips: list[Clip] = []


class TaskWarning(msgspec.Struct):
    code: str | None = None
    message: str | None = None
    field: str | None = None


class UsageLine(msgspec.Struct):
    """All values are the service's strings."""

    meter: str | None = None
    quantity: str | None = None
    unit: str | None = None
    billed_amount_credits: str | None = None
    billed_amount_credits_usd_reference: str | None = None


class TaskUsage(msgspec.Struct):
    input_tokens: float | None = None
    output_tokens: float | None = None
    cache_read_tokens: float | None = None
    cache_creation_tokens: float | None = None
    reasoning_tokens: float | None = None
    image_count: float | None = None
    image_pixels: float | None = None
    video_seconds: float | None = None
    audio_seconds: float | None = None
    characters: float | None = None
    lines: list[UsageLine] = []
    credits: str | None = None
    credits_usd_reference: str | None = None


class Billing(msgspec.Struct):
    """Decimal strings in credits; missing is not zero (contract §4)."""

    charged_credits: str | None = None
    refunded_credits: str | None = None
    net_charged_credits: str | None = None
    charged_credits_usd_reference: str | None = None
    refunded_credits_usd_reference: str | None = None
    currency: str | None = None


class TaskCallback(msgspec.Struct):
    url: str | None = None
    status: str | None = None
    attempt_count: int | None = None
    delivered_at: Timestamp | None = None
    last_error: str | None = None


class Task(msgspec.Struct):
    """A task envelope or a summary of one. `status` is the service's raw string."""

    task_id: str
    status: str
    capability: str | None = None
    model: str | None = None
    resolved_model: str | None = None
    metadata: dict[str, Any] = {}
    input: dict[str, Any] | None = None
    progress: Progress | None = None
    output: TaskOutput | None = None
    warnings: list[TaskWarning] = []
    error: ErrorBody | None = None
    usage: TaskUsage | None = None
    billing: Billing | None = None
    callback: TaskCallback | None = None
    created_at: Timestamp | None = None
    started_at: Timestamp | None = None
    completed_at: Timestamp | None = None
    cancel_requested_at: Timestamp | None = None
    deadline_at: Timestamp | None = None
    links: dict[str, Any] = {}

    @property
    def clips(self) -> list[Clip]:
        """The clips in the order given; empty until there are some."""
        return self.output.clips if self.output else []


class TaskPage(msgspec.Struct):
    data: list[Task] = []
    next_cursor: str | None = None
    has_more: bool | None = None


class Artifact(msgspec.Struct):
    """An uploaded file; only its id is promised (contract §3.9)."""

    artifact_id: str
    url: str | None = None
    cdn_url: str | None = None
    download_url: str | None = None
    purpose: str | None = None
    media_type: str | None = None
    mime_type: str | None = None
    filename: str | None = None
    size_bytes: int | None = None

    @property
    def link(self) -> str | None:
        return self.url or self.cdn_url or self.download_url


class Modalities(msgspec.Struct):
    input: list[str] = []
    output: list[str] = []


class Pricing(msgspec.Struct):
    unit: str | None = None
    unit_credits: Decimals | None = None
    unit_credits_usd_reference: Decimals | None = None


class ModelLimits(msgspec.Struct):
    clips_per_task: int | None = None


class Model(msgspec.Struct):
    """One entry of `/models` or, with more in it, of `/catalog/models`."""

    id: str
    name: str | None = None
    owned_by: str | None = None
    status: str | None = None
    capabilities: list[str] = []
    modalities: Modalities | None = None
    pricing: Pricing | None = None
    limits: ModelLimits | None = None


class Capability(msgspec.Struct):
    id: str
    status: str | None = None
    is_async: bool | None = msgspec.field(default=None, name="async")
    endpoint: str | None = None
    models: list[str] = []


class Health(msgspec.Struct):
    status: str | None = None

    @property
    def is_up(self) -> bool:
        return self.status == "ok"


def _text_of(part: str | ContentPart) -> str:
    if isinstance(part, str):
        return part
    return (part.text or "") if part.type in TEXT_TYPES else ""
