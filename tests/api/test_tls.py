"""What only an encrypted line can do; what both can is with the sockets."""

import asyncio
import ssl

import httpcore
import pytest

from beatra_desktop.api.sockets import Sockets
from beatra_desktop.api.tls import RECORD_BYTES
from tests.api.lines import HOST, connected, says_nothing, serving
from tests.certificates import Certificate

pytestmark = pytest.mark.asyncio


async def test_an_end_without_a_good_bye_is_an_end(certificate: Certificate) -> None:
    """Many services close without the closing words of TLS; lengths tell what is whole."""

    async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"all there is")
        await writer.drain()
        writer.transport.abort()

    async with connected(cut, certificate, is_encrypted=True) as stream:
        assert await stream.read(100, timeout=5) == b"all there is"
        assert await stream.read(100, timeout=5) == b""


async def test_a_certificate_nobody_vouches_for(certificate: Certificate) -> None:
    async with serving(says_nothing, certificate.context()) as port:
        stream = await Sockets().connect_tcp(HOST, port, timeout=5)
        with pytest.raises(httpcore.ConnectError) as caught:
            await stream.start_tls(ssl.create_default_context(), "localhost", timeout=5)
        assert isinstance(caught.value.__cause__, ssl.SSLCertVerificationError)
        await asyncio.sleep(0)  # it was closed with that


async def test_a_service_that_never_greets_is_out_of_reach_in_time() -> None:
    async with serving(says_nothing) as port:
        stream = await Sockets().connect_tcp(HOST, port, timeout=5)
        with pytest.raises(httpcore.ConnectTimeout):
            await stream.start_tls(ssl.create_default_context(), "localhost", timeout=0.01)
        await asyncio.sleep(0)  # it was closed with that


async def test_all_that_has_come_is_read_at_once(certificate: Certificate) -> None:
    """OpenSSL gives 16 kB at a time: each taken for all there is, reads would rest in between."""
    is_sent, much = asyncio.Event(), bytes(4 * RECORD_BYTES)

    async def pour(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(much)
        await writer.drain()
        is_sent.set()
        await asyncio.Event().wait()

    async with connected(pour, certificate, is_encrypted=True) as stream:
        await is_sent.wait()
        assert await stream.read(len(much), timeout=5) == much
