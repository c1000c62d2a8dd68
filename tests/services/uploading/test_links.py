"""Whether an artifact is still there, told by its link."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.services.uploading.links import Links, Presence, has_ended

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = int((NOW + timedelta(hours=1)).timestamp())


@pytest.mark.parametrize(
    ("query", "ended"),
    [
        ("", False),
        ("?signature=x", False),
        (f"?expires={LATER}", False),
        (f"?Expires={LATER}&x=1", False),
        (f"?expires={LATER - 3600}", True),
        ("?expires=1", True),
        ("?expires=soon", False),
        (f"?expires={'9' * 30}", False),
    ],
)
async def test_a_link_may_say_when_it_ends(query: str, ended: bool) -> None:
    assert has_ended(f"https://cdn.example/a.mp3{query}", NOW) is ended


@pytest.mark.parametrize(
    ("status", "query", "presence"),
    [
        (200, "", Presence.THERE),
        (206, "", Presence.THERE),
        (404, "", Presence.GONE),
        (410, "", Presence.GONE),
        (410, "?expires=1", Presence.UNSURE),
        (403, "", Presence.UNSURE),
        (500, "", Presence.UNSURE),
        (416, "", Presence.UNSURE),
    ],
)
async def test_only_a_living_link_that_leads_nowhere_tells_of_an_end(
    status: int,
    query: str,
    presence: Presence,
    open_bench: Any,
    open_stub: Any,
    say: Any,
    make_upload: Any,
) -> None:
    async def answer(heard: Any) -> Any:
        return say(status) if heard.path.startswith("/file") else say(200, {"data": []})

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        url = f"{stub.base_url.removesuffix('/v1')}/file{query}"
        upload = make_upload("a", url=url, profile_id=stub.profile.id)
        links = _links(bench)
        assert await links.presence(upload) is presence
        asked = [heard for heard in stub.heard if heard.path.startswith("/file")]
        assert [heard.headers["range"] for heard in asked] == ["bytes=0-0"]
        assert "authorization" not in asked[0].headers
        assert await links.is_trusted(upload) is (presence is not Presence.GONE)


async def test_what_is_fresh_or_was_seen_lately_is_not_asked_for(
    open_bench: Any, open_stub: Any, say: Any, make_upload: Any
) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, {"data": []})

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        url = f"{stub.base_url}/file"
        old = make_upload("a", url=url, profile_id=stub.profile.id)
        fresh = make_upload("b", url=url, profile_id=stub.profile.id, uploaded_at=utc_now())
        links = _links(bench)
        for upload in (fresh, old, old):
            assert await links.is_trusted(upload)
        assert [heard.path for heard in stub.heard].count("/v1/file") == 1


async def test_without_a_link_or_an_answer_nothing_is_known(
    open_bench: Any, make_upload: Any
) -> None:
    async with open_bench(ready=False) as bench:
        links = _links(bench)
        here = bench.services.profiles.active.value.id
        assert await links.presence(make_upload("a", profile_id=here)) is Presence.UNSURE
        for url in ("http://127.0.0.1:9/x", "ftp://x"):
            upload = make_upload("a", profile_id=here, url=url)
            assert await links.presence(upload) is Presence.UNHEARD
        elsewhere = make_upload("a", url="http://127.0.0.1:9/x", profile_id="gone")
        assert await links.presence(elsewhere) is Presence.UNHEARD


async def test_a_link_ends_by_the_clock_of_whoever_answers(
    open_bench: Any, open_stub: Any, say: Any, make_upload: Any
) -> None:
    """It has two hours left by this machine's clock, which is a day behind."""
    tomorrow = utc_now() + timedelta(days=1)
    date = format_datetime(tomorrow, usegmt=True)

    async def answer(heard: Any) -> Any:
        gone = say(410, content_type=f"application/json\r\ndate: {date}")
        return gone if heard.path.startswith("/file") else say(200, {"data": []})

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        ends = int((utc_now() + timedelta(hours=2)).timestamp())
        url = f"{stub.base_url.removesuffix('/v1')}/file?expires={ends}"
        upload = make_upload("a", url=url, profile_id=stub.profile.id)
        assert await _links(bench).presence(upload) is Presence.UNSURE


async def test_where_a_link_led_to_tells_of_no_end(
    open_bench: Any, open_stub: Any, say: Any, make_upload: Any
) -> None:
    """A network that wants a login first sends everybody elsewhere."""

    async def answer(heard: Any) -> Any:
        if heard.path == "/file":
            return say(302, content_type="text/html\r\nlocation: /login")
        return say(404) if heard.path == "/login" else say(200, {"data": []})

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        url = f"{stub.base_url.removesuffix('/v1')}/file"
        upload = make_upload("a", url=url, profile_id=stub.profile.id)
        assert await _links(bench).presence(upload) is Presence.UNSURE
        assert "/login" in [heard.path for heard in stub.heard]


def _links(bench: Any) -> Links:
    service = bench.services.uploads._links
    return Links(clients=service._clients, find_profile=service._find_profile)
