"""What each kind of fault does to an exchange."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Mapping
from random import Random
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.records import replace
from tests.faults.proxy import Answer, Exchange
from tests.faults.proxy_plan import Fault, Kind

PAGE: Final = b"<!DOCTYPE html><html><title>Welcome to Cafe Wifi</title>Accept the terms</html>"
SINGLY: Final = 400
"""So many bytes drip one by one; the rest follows at once, to spare the machine."""
NEAR_THE_END: Final = 0.85
MENDABLE: Final = (
    (401, "invalid_api_key"),
    (402, "insufficient_balance"),
    (403, "forbidden"),
)
"""What is said for other reasons than the request, and so also to one that was said yes to."""
NOES: Final = (*MENDABLE, (400, "unsupported_model"), (422, "invalid_request"))

Do = Callable[[Fault, Exchange], Awaitable[None]]


async def _delay(fault: Fault, exchange: Exchange) -> None:
    await asyncio.sleep(0.2 * fault.share)
    await exchange.relay()


async def _worked(fault: Fault, exchange: Exchange) -> None:
    """Take the request in, and have it done where the fault strikes after the work."""
    await exchange.body()
    if fault.after:
        await exchange.act()


async def _stall(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    await exchange.stay_silent()


async def _begun(fault: Fault, exchange: Exchange) -> None:
    """Say the answer up to somewhere in its body, or up to where only a stream's end is left."""
    head, pieces = (await exchange.act()).wire()
    body = b"".join(pieces)
    said = body[: int(len(body) * fault.share)]
    if len(pieces) > 2 and fault.share > NEAR_THE_END:
        said = b"".join(pieces[:-2])
    await exchange.put(head, said)
    exchange.seen.told_body = said


async def _stall_within(fault: Fault, exchange: Exchange) -> None:
    await _begun(fault, exchange)
    await exchange.stay_silent()


async def _reset(fault: Fault, exchange: Exchange) -> None:
    await exchange.body()
    exchange.reset()


async def _reset_after(fault: Fault, exchange: Exchange) -> None:
    await exchange.act()
    exchange.reset()


async def _reset_in_request(fault: Fault, exchange: Exchange) -> None:
    await exchange.pass_on_part(fault.share)
    exchange.reset()


async def _reset_in_answer(fault: Fault, exchange: Exchange) -> None:
    await _begun(fault, exchange)
    exchange.seen.told_body = b""
    exchange.reset()


async def _cut_in_head(fault: Fault, exchange: Exchange) -> None:
    head, _ = (await exchange.act()).wire()
    await exchange.put(head[: int(len(head) * fault.share)])
    exchange.end()


async def _cut_in_body(fault: Fault, exchange: Exchange) -> None:
    await _begun(fault, exchange)
    exchange.end()


async def _short(fault: Fault, exchange: Exchange) -> None:
    """A proxy that lost the rest and does not say so."""
    answer = await exchange.act()
    body = answer.body[: min(int(len(answer.body) * fault.share), len(answer.body) - 8)]
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    await exchange.say(replace(answer, body=body, headers=headers))


async def _throttle(fault: Fault, exchange: Exchange) -> None:
    answer = await exchange.act()
    head, pieces = answer.wire()
    wire = head + b"".join(pieces)
    step = max(64, len(wire) // 12)
    for start in range(0, len(wire), step):
        await exchange.put(wire[start : start + step])
        await asyncio.sleep(0.01)
    exchange.seen.told, exchange.seen.told_body = answer, answer.body


async def _drip(fault: Fault, exchange: Exchange) -> None:
    answer = await exchange.act()
    head, pieces = answer.wire()
    wire = head + b"".join(pieces)
    for place in range(min(SINGLY, len(wire))):
        await exchange.put(wire[place : place + 1])
        await asyncio.sleep(0)
    await exchange.put(wire[SINGLY:])
    exchange.seen.told, exchange.seen.told_body = answer, answer.body


async def _half_close(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    exchange.close_half()
    await exchange.stay_silent()


async def _garbage(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    await exchange.put(Random(fault.share).randbytes(200))
    exchange.end()


async def _garbage_body(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    kind = "text/event-stream" if fault.share > 0.5 else "application/json"
    body = Random(fault.share).randbytes(300).replace(b"\n", b" ")
    await exchange.say(Answer(status=200, headers={"content-type": kind}, body=body))


async def _wrong_type(fault: Fault, exchange: Exchange) -> None:
    answer = await exchange.act()
    kinds = ("text/html", "text/plain; charset=utf-8", "application/octet-stream", "image/png")
    kind = kinds[int(fault.share * len(kinds))]
    framing = {"transfer-encoding": "chunked"} if answer.is_stream else {}
    await exchange.say(replace(answer, headers={**answer.headers, "content-type": kind, **framing}))


def _packed(answer: Answer, body: bytes) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    return replace(answer, headers={**headers, "content-encoding": "gzip"}, body=body)


async def _gzip(fault: Fault, exchange: Exchange) -> None:
    answer = await exchange.act()
    await _say_packed(exchange, _packed(answer, gzip.compress(answer.body, mtime=0)))
    exchange.seen.told, exchange.seen.told_body = answer, answer.body


async def _gzip_broken(fault: Fault, exchange: Exchange) -> None:
    """Not packed at all, packed and cut, or packed with a damaged middle."""
    answer = await exchange.act()
    packed = bytearray(gzip.compress(answer.body, mtime=0))
    if fault.share < 0.3:
        await _say_packed(exchange, _packed(answer, answer.body))
        return
    if fault.share < 0.7:
        del packed[int(len(packed) * fault.share) :]
    else:
        middle = len(packed) // 2
        packed[middle : middle + 4] = b"\xff\x00\xff\x00"
    await _say_packed(exchange, _packed(answer, bytes(packed)))


async def _say_packed(exchange: Exchange, answer: Answer) -> None:
    """By its length, since what is packed has no events to put into chunks."""
    lines = [f"HTTP/1.1 {answer.status} X", f"content-length: {len(answer.body)}"]
    skipped = ("content-length", "transfer-encoding")
    lines += [f"{n}: {v}" for n, v in answer.headers.items() if n not in skipped]
    await exchange.put("\r\n".join([*lines, "", ""]).encode("latin-1"), answer.body)


async def _portal_page(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    await exchange.say(Answer(status=200, headers={"content-type": "text/html"}, body=PAGE))


async def _portal_redirect(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    status = 302 if fault.share < 0.7 else 307
    there = {"location": f"{exchange.proxy.origin}/portal?from=app"}
    await exchange.say(Answer(status=status, headers=there, body=b""))


async def _bad_gateway(fault: Fault, exchange: Exchange) -> None:
    await _worked(fault, exchange)
    status = (502, 503, 504)[int(fault.share * 3)]
    body = b"<html><h1>Bad Gateway</h1></html>"
    await exchange.say(Answer(status=status, headers={"content-type": "text/html"}, body=body))


def _envelope(status: int, code: str, *, retryable: bool, **headers: str) -> Answer:
    error = {"code": code, "message": f"Said {code}.", "retryable": retryable}
    body = json.dumps({"error": {**error, "request_id": "req_proxy"}}).encode()
    return Answer(status=status, headers={"content-type": "application/json", **headers}, body=body)


async def _busy(fault: Fault, exchange: Exchange) -> None:
    await exchange.body()
    busy = _envelope(429, "rate_limited", retryable=True, **{"retry-after": "0.1"})
    await exchange.say(busy)


async def _final_no(fault: Fault, exchange: Exchange) -> None:
    await exchange.body()
    noes = MENDABLE if exchange.proxy.has_acted_on(exchange.seen.key) else NOES
    status, code = noes[int(fault.share * len(noes))]
    await exchange.say(_envelope(status, code, retryable=False))


async def _redirect(fault: Fault, exchange: Exchange) -> None:
    """To the same link, as services send to where their files really lie."""
    target = exchange.seen.request.target
    there = target if fault.share < 0.5 else f"{exchange.proxy.origin}{target}"
    await exchange.say(Answer(status=302, headers={"location": there}, body=b""))


STRIKES: Final[Mapping[Kind, Do]] = MappingProxyType(
    {
        Kind.DELAY: _delay,
        Kind.STALL: _stall,
        Kind.STALL_WITHIN: _stall_within,
        Kind.RESET_BEFORE: _reset,
        Kind.RESET_AFTER: _reset_after,
        Kind.RESET_IN_REQUEST: _reset_in_request,
        Kind.RESET_IN_ANSWER: _reset_in_answer,
        Kind.CUT_IN_HEAD: _cut_in_head,
        Kind.CUT_IN_BODY: _cut_in_body,
        Kind.SHORT: _short,
        Kind.THROTTLE: _throttle,
        Kind.DRIP: _drip,
        Kind.HALF_CLOSE: _half_close,
        Kind.GARBAGE: _garbage,
        Kind.GARBAGE_BODY: _garbage_body,
        Kind.WRONG_TYPE: _wrong_type,
        Kind.GZIP: _gzip,
        Kind.GZIP_BROKEN: _gzip_broken,
        Kind.PORTAL_PAGE: _portal_page,
        Kind.PORTAL_REDIRECT: _portal_redirect,
        Kind.BAD_GATEWAY: _bad_gateway,
        Kind.BUSY: _busy,
        Kind.FINAL_NO: _final_no,
        Kind.REDIRECT: _redirect,
    }
)
"""What happens on the wire; faults of the line, of the sandbox and of clocks are the world's."""
