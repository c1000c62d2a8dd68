"""The three chat models of the sandbox and how `auto` picks one."""

import re
from collections.abc import Callable
from typing import Final

from beatra_desktop.sandbox.chat_request import ChatRequest
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.guide import answer_question
from beatra_desktop.sandbox.writer import write_article

AUTO: Final = "auto"
ECHO: Final = "sandbox-echo"
GUIDE: Final = "sandbox-guide"
WRITER: Final = "sandbox-writer"

ECHO_REQUEST: Final = re.compile(r"^\s*(echo|repeat after me|say exactly)\b[:\s]*", re.I)
WRITING_REQUEST: Final = re.compile(
    r"\b(write|draft|compose|essay|article|story|poem|report|tutorial|explain .* in detail"
    r"|\d[\d.,]*\s*(?:words?|tokens?|paragraphs?))\b",
    re.I,
)


def echo(request: ChatRequest) -> str:
    """Give the newest user message back, unchanged but for a leading “echo:”."""
    return ECHO_REQUEST.sub("", request.last_words, count=1) or request.last_words


def guide(request: ChatRequest) -> str:
    asked = [message.text for message in request.messages if message.role == "user"]
    return answer_question(request.last_words, earlier=asked[:-1])


def writer(request: ChatRequest) -> str:
    return write_article(request.last_words, seed=request.seed, token_limit=request.token_limit)


MODELS: Final[dict[str, Callable[[ChatRequest], str]]] = {
    GUIDE: guide,
    WRITER: writer,
    ECHO: echo,
}


def resolve(request: ChatRequest) -> str:
    """Return the model that answers. Raises `unsupported_model`."""
    if request.model == AUTO:
        return _pick(request.last_words)
    if request.model not in MODELS:
        names = ", ".join([AUTO, *MODELS])
        message = f"“{request.model}” is no chat model of this service. There are: {names}."
        raise ApiError("unsupported_model", message, param="/model")
    return request.model


def _pick(text: str) -> str:
    if ECHO_REQUEST.search(text):
        return ECHO
    return WRITER if WRITING_REQUEST.search(text) else GUIDE
