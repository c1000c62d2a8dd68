"""Links into the app open what is here, and nothing else can be written in one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beatra_desktop.domain.deep_links import DeepLink, LinkTarget, is_deep_link, parse_link

ID = "0190abcdef01aabbccddeeff0011"


@pytest.mark.parametrize("target", [t for t in LinkTarget if t is not LinkTarget.LIBRARY])
def test_a_link_says_what_it_opens_and_is_read_back(target: LinkTarget) -> None:
    link = DeepLink(target=target, id=f"{ID}-1")
    assert link.text == f"beatra:{target.value}/{ID}-1"
    assert parse_link(link.text) == link


def test_the_library_has_no_name() -> None:
    link = DeepLink(target=LinkTarget.LIBRARY)
    assert link.text == "beatra:library"
    assert parse_link(link.text) == link


def test_what_browsers_make_of_a_link_is_still_one() -> None:
    wanted = DeepLink(target=LinkTarget.TASK, id=ID)
    assert parse_link(f"BEATRA://task/{ID}/") == wanted
    assert parse_link(f"beatra://task/{ID}") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "beatra:",
        "beatra:song?prompt=rain",
        "beatra:task/1?cancel=1",
        "beatra:task/1#now",
        "beatra:task/",
        "beatra:task",
        "beatra:task/..",
        "beatra:task/a/b",
        "beatra:task/%2e%2e",
        "beatra:task/-x",
        "beatra:library/1",
        "beatra:conversation/1\n",
        "beatra:conversation/١",
        f"beatra:conversation/{'1' * 300}",
        "https://example.com/task/1",
        "/conversation/1",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    assert parse_link(text) is None


@settings(deadline=None)
@given(st.text(max_size=80))
def test_whatever_comes_opens_a_thing_by_its_name_or_nothing(rest: str) -> None:
    assert is_deep_link(f"beatra:{rest}")
    found = parse_link(f"beatra:{rest}")
    if found is not None:
        assert found.id.replace(".", "").replace("_", "").replace("-", "").isalnum() or not found.id
        assert found.id.isascii()
