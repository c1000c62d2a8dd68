"""Lyrics as sections with estimated times."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.lyrics import LINE_CHARACTERS, section_at, sections

SONG = """
[Verse]
la la la
la la la

[Chorus]
la la la
la la la
"""


def test_tags_divide_and_blank_lines_do_not_count() -> None:
    verse, chorus = sections(SONG)
    assert (verse.name, chorus.name) == ("Verse", "Chorus")
    assert verse.lines == ("la la la", "la la la")
    assert (verse.start, verse.end, chorus.start, chorus.end) == (0.0, 0.5, 0.5, 1.0)


@pytest.mark.parametrize("tag", ["[Verse 2: soft]", "  [Verse 2: soft] ", "【Verse 2: soft】:"])
def test_a_tag_is_a_line_of_its_own(tag: str) -> None:
    before, verse = sections(f"before it\n{tag}\nwords with [brackets] inside")
    assert (before.name, before.lines) == ("", ("before it",))
    assert (verse.name, verse.lines) == ("Verse 2: soft", ("words with [brackets] inside",))


def test_a_part_without_words_takes_its_time_and_a_long_line_more() -> None:
    long = "l" * (3 * LINE_CHARACTERS)
    intro, short, longer = sections(f"[Intro]\n[A]\nla\n[B]\n{long}")
    assert intro.end - intro.start == pytest.approx(4 / 8)
    assert short.end - short.start == pytest.approx(1 / 8)
    assert longer.end - longer.start == pytest.approx(3 / 8)


@pytest.mark.parametrize("nothing", ["", "\n \n"])
def test_no_words_have_no_sections(nothing: str) -> None:
    assert sections(nothing) == ()
    assert section_at((), 0.5) == -1


def test_a_place_lies_in_the_section_that_began_last() -> None:
    found = sections(SONG)
    assert [section_at(found, share) for share in (0.0, 0.49, 0.5, 1.0)] == [0, 0, 1, 1]


@given(st.text(alphabet="[]ab \n", max_size=200))
def test_sections_cover_the_song_without_gaps(lyrics: str) -> None:
    found = sections(lyrics)
    assert all(each.end == following.start for each, following in pairwise(found))
    assert all(each.start < each.end for each in found)
    if found:
        assert (found[0].start, found[-1].end) == (0.0, 1.0)
