"""A service that knows nothing of beatra: no health, no catalogue, no music, no uploads, no key."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.profiles import ConnectionPhase, Profile
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Purpose

pytestmark = pytest.mark.asyncio

CHAT = "/v1/chat/completions"
MODELS = {
    "object": "list",
    "data": [{"id": "llama3.2:1b", "object": "model", "owned_by": "library"}],
}
HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
STOP = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
DONE = b"data: [DONE]\n\n"
WHOLE = {
    "choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]
}


@pytest.fixture
def talking(open_stub: Any, open_bench: Any, say: Any) -> Any:
    """`talking(body, content_type)`: a bench on a service that answers so, without retries."""

    @asynccontextmanager
    async def opened(
        body: Any, *, content_type: str, status: int = 200
    ) -> AsyncIterator[tuple[Any, Any]]:
        async def answer(heard: Any) -> Any:
            if heard.path == "/v1/models":
                return say(200, MODELS)
            if heard.path == CHAT:
                return say(status, body, content_type=content_type)
            return say(404)

        async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(retry_attempts=1)
            yield bench, stub

    return opened


async def _ask(bench: Any) -> Message:
    chat = bench.services.chat
    conversation_id = chat.new_conversation().id
    assert chat.send(conversation_id, "Hi")
    await bench.until(lambda: not chat.is_answering(conversation_id))
    answer: Message = chat.open(conversation_id)[-1]
    return answer


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (HELLO + STOP + DONE, "text/event-stream; charset=utf-8"),
        (HELLO + STOP + DONE, "application/octet-stream"),
        (HELLO + STOP + DONE, "text/plain"),
        (b"\xef\xbb\xbf: hi\r\n\r\n" + (HELLO + STOP + DONE).replace(b"\n", b"\r\n"), "text/plain"),
        ((HELLO + STOP + DONE).replace(b"data: ", b"data:"), "text/event-stream"),
        (WHOLE, "application/json"),
        (WHOLE, "text/event-stream"),
    ],
)
async def test_an_answer_in_any_of_its_forms_is_complete(
    body: Any, content_type: str, talking: Any
) -> None:
    async with talking(body, content_type=content_type) as (bench, stub):
        whole = await _ask(bench)
        assert (whole.status, whole.text) == (MessageStatus.COMPLETE, "Hello")
        assert whole.finish_reason == "stop"
        assert whole.usage is None
        assert whole.model is None
        assert all("authorization" not in heard.headers for heard in stub.heard)


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        (b"", None),
        (b'data: {"error":{"message":"Out of memory","type":"server_error"}}\n\n', "Out of memory"),
        (b'data: {"error":"Out of memory"}\n\n', "Out of memory"),
        (b'event: error\ndata: {"message":"Out of memory"}\n\n', "Out of memory"),
        (b"event: error\ndata: boom\n\n", None),
        (b"data: <html>\n\n", None),
    ],
)
async def test_an_answer_that_ends_badly_keeps_its_text(
    tail: bytes, said: str | None, talking: Any
) -> None:
    sent = HELLO + 'data: {"choices":[{"delta":{"content":" \u2028🎵"}}]}\n\n'.encode() + tail
    async with talking(sent, content_type="text/event-stream") as (bench, _stub):
        cut = await _ask(bench)
        assert (cut.status, cut.text) == (MessageStatus.INCOMPLETE, "Hello \u2028🎵")
        assert cut.failure is not None
        assert cut.failure.code is FailureCode.INCOMPLETE_ANSWER
        assert said is None or said in cut.failure.detail


@pytest.mark.parametrize(
    ("status", "body", "content_type", "code"),
    [
        (200, b"<html>Log in</html>", "text/html", FailureCode.MALFORMED_ANSWER),
        (200, b"OK", "text/plain", FailureCode.MALFORMED_ANSWER),
        (502, b"<html>Bad gateway</html>", "text/html", FailureCode.SERVICE_ERROR),
        (200, {"error": {"message": "No"}}, "application/json", FailureCode.SERVICE_ERROR),
        (404, {"error": {"message": "No model", "code": "model_not_found"}}, "application/json",
         FailureCode.UNSUPPORTED_MODEL),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_named(
    status: int, body: Any, content_type: str, code: FailureCode, talking: Any
) -> None:
    async with talking(body, content_type=content_type, status=status) as (bench, _stub):
        failed = await _ask(bench)
        assert (failed.status, failed.text) == (MessageStatus.FAILED, "")
        assert failed.failure is not None
        assert failed.failure.code is code


async def test_thinking_is_no_part_of_the_text_and_halves_of_a_character_are_joined(
    talking: Any,
) -> None:
    deltas: list[dict[str, Any]] = [
        {"role": "assistant", "reasoning_content": "They greet me.", "content": None},
        {"reasoning": "I greet back.", "content": ""},
        {"content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "Hel"}]},
        {"content": "lo \ud83c"},
        {"content": "\udfb5"},
        {"tool_calls": [{"index": 0, "function": {"name": "wave", "arguments": ""}}]},
    ]
    events = [f"data: {json.dumps({'choices': [{'delta': delta}]})}\n\n" for delta in deltas]
    body = "".join(events).encode() + DONE
    async with talking(body, content_type="text/event-stream") as (bench, _stub):
        whole = await _ask(bench)
        assert (whole.status, whole.text) == (MessageStatus.COMPLETE, "Hello 🎵")


async def test_a_line_of_four_megabytes_and_many_lines_of_more_arrive_whole(talking: Any) -> None:
    long = "A line\u2028of words. " * 200_000
    texts = [long, *["And more. " * 100] * 4_000]
    events = [f"data: {json.dumps({'choices': [{'delta': {'content': t}}]})}\n\n" for t in texts]
    body = "".join(events).encode() + DONE
    async with talking(body, content_type="text/event-stream") as (bench, _stub):
        whole = await _ask(bench)
        assert whole.status is MessageStatus.COMPLETE
        assert whole.text == "".join(texts)


async def test_a_file_sent_to_it_all_the_same_is_not_offered(talking: Any, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Hello")
    async with talking(HELLO + DONE, content_type="text/event-stream") as (bench, _stub):
        uploads = bench.services.uploads
        [upload_id] = uploads.add([note], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: not uploads.uploads.get(upload_id).status.is_live)
        failure = uploads.uploads.get(upload_id).failure
        assert failure is not None
        assert failure.code is FailureCode.NOT_OFFERED
        assert (failure.subject, failure.status) == ("note.txt", 404)


async def test_a_service_without_a_model_list_is_ready_and_answers(
    open_stub: Any, open_bench: Any, say: Any, sse: Any
) -> None:
    async def answer(heard: Any) -> Any:
        if heard.path != CHAT:
            return say(404, {"detail": "Not Found"})
        if b"messages" not in heard.body:
            return say(422, {"detail": [{"loc": ["body", "messages"], "msg": "Field required"}]})
        return sse("Hello")

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        catalog = bench.services.profiles.catalog.value
        assert (catalog.models, catalog.offers_music, catalog.offers_uploads) == ((), False, False)
        assert (await _ask(bench)).text == "Hello"


def _at_v1(say: Any, sse: Any) -> Any:
    async def answer(heard: Any) -> Any:
        if heard.path == "/v1/models":
            return say(200, MODELS)
        if heard.path == "/":
            return say(200, b"It is running", content_type="text/plain")
        return sse("Hello") if heard.path == CHAT else say(404, b"404 page not found")

    return answer


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
async def test_the_address_may_be_given_with_and_without_its_version(
    end: str, open_stub: Any, open_bench: Any, say: Any, sse: Any
) -> None:
    async with open_stub(_at_v1(say, sse)) as stub:
        async with open_bench() as bench:
            profiles = bench.services.profiles
            profile = profiles.add("Mine", stub.base_url.removesuffix("/v1") + end)
            assert isinstance(profile, Profile)
            profiles.activate(profile.id)
            await bench.until(lambda: profiles.connection.value.base_url == stub.base_url)
            assert profiles.connection.value.phase is ConnectionPhase.READY
            assert profiles.active.value == replace(profile, base_url=stub.base_url)
            assert profiles.find(profile.id).base_url == stub.base_url
            assert (await _ask(bench)).text == "Hello"
        async with open_bench() as later:
            assert later.services.profiles.active.value.base_url == stub.base_url
            assert (await _ask(later)).text == "Hello"


async def test_an_address_of_the_command_line_is_completed_for_this_run_only(
    open_stub: Any, open_bench: Any, say: Any, sse: Any
) -> None:
    async with open_stub(_at_v1(say, sse)) as stub:
        given = replace(stub.profile, base_url=stub.base_url.removesuffix("/v1"))
        async with open_bench(profile=given) as bench:
            profiles = bench.services.profiles
            assert profiles.active.value.base_url == stub.base_url
            profiles.activate(given.id)
            assert (await _ask(bench)).text == "Hello"
        async with open_bench(command=["/nowhere"], ready=False) as bench:
            assert given.id not in bench.services.profiles.profiles


async def test_an_address_with_nothing_below_it_either_stays_as_it_was_given(
    open_stub: Any, open_bench: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(404)

    async with open_stub(answer) as stub:
        given = replace(stub.profile, base_url=stub.base_url.removesuffix("/v1"))
        async with open_bench(profile=given, ready=False) as bench:
            connection = bench.services.profiles.connection
            await bench.until(lambda: connection.value.phase is ConnectionPhase.UNREACHABLE)
            assert connection.value.failure.code is FailureCode.NOT_A_SERVICE
            assert connection.value.failure.subject == given.base_url
            assert bench.services.profiles.active.value == given
