from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import (
    BEATRA_BASE_URL,
    BUILT_IN,
    BaseUrlProblem,
    Profile,
    ProfileKind,
    normalise_base_url,
)
from beatra_desktop.domain.records import replace

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
URLS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "ftp://", "HTTPS://", "//", ""]),
    st.sampled_from(["", "user:pw@", "@"]),
    st.sampled_from(["localhost", "127.0.0.1", "[::1]", "api.beatra.ai", "10.0.0.1", ""]),
    st.sampled_from(["", ":8080", ":99999", ":x"]),
    st.sampled_from(["", "/", "/v1", "/v1//", "/v1?key=1", "/v1?", "/#", " /v1", "/v\n1"]),
)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://api.beatra.ai/v1", "https://api.beatra.ai/v1"),
        ("  https://api.beatra.ai/v1/ \n", "https://api.beatra.ai/v1"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("HTTP://LOCALHOST/v1", "HTTP://LOCALHOST/v1"),
    ],
)
def test_base_urls_lose_what_they_do_not_need(text: str, url: str) -> None:
    assert normalise_base_url(text) == url


@pytest.mark.parametrize(
    ("kind", "base_url", "is_here"),
    [
        (ProfileKind.SANDBOX, "", True),
        (ProfileKind.BEATRA, BEATRA_BASE_URL, False),
        (ProfileKind.CUSTOM, "http://127.0.0.1:11434/v1", True),
        (ProfileKind.CUSTOM, "https://localhost", True),
        (ProfileKind.CUSTOM, "http://[::1]:8080", True),
        (ProfileKind.CUSTOM, "https://localhost.example.org/v1", False),
    ],
)
def test_what_is_on_this_machine_needs_no_network(
    kind: ProfileKind, base_url: str, is_here: bool
) -> None:
    profile = Profile(id=ProfileId("p"), name="p", kind=kind, base_url=base_url)
    assert profile.is_on_this_machine is is_here


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", BaseUrlProblem.EMPTY),
        (" \n", BaseUrlProblem.EMPTY),
        ("api.beatra.ai", BaseUrlProblem.NOT_A_URL),
        ("localhost:8080", BaseUrlProblem.NOT_A_URL),
        ("https://", BaseUrlProblem.NOT_A_URL),
        ("https://[::1", BaseUrlProblem.NOT_A_URL),
        ("https://host:99999/", BaseUrlProblem.NOT_A_URL),
        ("https://ho st/", BaseUrlProblem.NOT_A_URL),
        ("https://host/\0", BaseUrlProblem.NOT_A_URL),
        ("ftp://host/v1", BaseUrlProblem.SCHEME),
        ("https://user:key@host/v1", BaseUrlProblem.HAS_CREDENTIALS),
        ("https://@host/v1", BaseUrlProblem.HAS_CREDENTIALS),
        ("https://host/v1?key=secret", BaseUrlProblem.HAS_QUERY),
        ("https://host/v1?", BaseUrlProblem.HAS_QUERY),
        ("https://host/v1#", BaseUrlProblem.HAS_QUERY),
        ("http://api.beatra.ai/v1", BaseUrlProblem.NOT_ENCRYPTED),
        ("http://192.168.1.2/v1", BaseUrlProblem.NOT_ENCRYPTED),
        ("http://localhost.evil.example/", BaseUrlProblem.NOT_ENCRYPTED),
    ],
)
def test_what_can_not_be_a_base_url_says_why(text: str, problem: BaseUrlProblem) -> None:
    assert normalise_base_url(text) is problem


@given(text=st.text() | URLS)
@example("http://localhost\\@evil.example/")
def test_whatever_is_accepted_is_safe_and_stays_the_same(text: str) -> None:
    url = normalise_base_url(text)
    if isinstance(url, BaseUrlProblem):
        return
    parts = urlsplit(url)
    assert parts.scheme == "https" or parts.hostname in LOOPBACK
    assert parts.hostname
    assert (parts.username, parts.password, parts.query, parts.fragment) == (None, None, "", "")
    assert not url.endswith("/")
    assert normalise_base_url(url) == url
    assert normalise_base_url(f" {url}/") == url


def test_the_built_in_profiles_are_the_sandbox_and_beatra() -> None:
    sandbox, beatra = BUILT_IN
    assert (sandbox.kind, sandbox.base_url) == (ProfileKind.SANDBOX, "")
    assert beatra.base_url == BEATRA_BASE_URL == normalise_base_url(BEATRA_BASE_URL)


@pytest.mark.parametrize("kind", ProfileKind)
def test_only_beatra_can_not_do_without_a_key(kind: ProfileKind) -> None:
    profile = Profile(id=BUILT_IN[0].id, name="x", kind=kind)
    assert profile.needs_key == (kind is ProfileKind.BEATRA)


@pytest.mark.parametrize(
    ("url", "below"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("https://v1.example.com/openai", "https://v1.example.com/openai/v1"),
        ("https://host/v1", None),
        ("https://host/v1beta/openai", None),
        ("https://host/api/v4", None),
    ],
)
def test_an_address_without_a_version_can_be_given_one(url: str, below: str | None) -> None:
    profile = Profile(id=ProfileId("p"), name="Mine", kind=ProfileKind.CUSTOM, base_url=url)
    expected = None if below is None else replace(profile, base_url=below)
    assert profile.with_version == expected


@pytest.mark.parametrize("profile", BUILT_IN)
def test_the_addresses_of_the_built_in_profiles_are_final(profile: Profile) -> None:
    assert profile.with_version is None
