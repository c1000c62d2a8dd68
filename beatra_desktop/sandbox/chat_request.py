"""What `POST /v1/chat/completions` takes (contract §3.1)."""

from typing import Annotated, Any, Literal

import msgspec

from beatra_desktop.sandbox.errors import JsonObject, Problem, refusal
from beatra_desktop.sandbox.wire_types import convert

TokenCount = Annotated[int, msgspec.Meta(ge=1)]
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]


class ContentPart(msgspec.Struct, frozen=True):
    """A part of a message; only text parts are read."""

    type: str
    text: str = ""


class ChatMessage(msgspec.Struct, frozen=True):
    role: Role
    content: str | list[ContentPart] | None = None
    name: str | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(msgspec.Struct, frozen=True):
    include_usage: bool | None = None


class ChatRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The fields the sandbox acts on; the schema's other fields are accepted and not used."""

    model: str
    messages: Annotated[list[ChatMessage], msgspec.Meta(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] | None = None
    top_p: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    max_tokens: TokenCount | None = None
    max_completion_tokens: TokenCount | None = None
    stop: str | list[str] | None = None
    seed: int | None = None
    n: Annotated[int, msgspec.Meta(ge=1)] | None = None
    user: str | None = None
    metadata: dict[str, str] | None = None
    model_options: dict[str, Any] | None = None

    @property
    def token_limit(self) -> int | None:
        return self.max_completion_tokens or self.max_tokens

    @property
    def stop_sequences(self) -> list[str]:
        return [self.stop] if isinstance(self.stop, str) else self.stop or []

    @property
    def wants_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)

    @property
    def last_words(self) -> str:
        """The newest user message, or the newest message when there is none."""
        said = [message.text for message in self.messages if message.role == "user"]
        return said[-1] if said else self.messages[-1].text


KNOWN_FIELDS = frozenset(ChatRequest.__struct_fields__) | {
    *("frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs"),
    *("tools", "tool_choice", "parallel_tool_calls", "response_format", "reasoning_effort"),
    *("audio", "modalities", "store", "service_tier", "safety_identifier", "prompt_cache_key"),
}


def read_chat_request(document: JsonObject, *, strict: bool) -> ChatRequest:
    """Raises `invalid_request`, or `unsupported_option` for more than one choice."""
    request = convert(document, ChatRequest)
    if request.n is not None and request.n > 1:
        message = "The sandbox gives one answer at a time: leave n out."
        raise refusal([Problem("/n", message, "unsupported_option")])
    unknown = sorted(document.keys() - KNOWN_FIELDS) if strict else []
    if unknown:
        raise refusal([Problem(f"/{name}", "This field is unknown.") for name in unknown])
    return request
