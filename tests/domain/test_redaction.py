"""A secret is found in every writing, wherever it stands."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.redaction import without, writings

ODD = 'odd/"key"\\with+marks?'
VISIBLE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=60)


@given(VISIBLE, st.binary(max_size=7), st.binary(max_size=7))
def test_base64_of_what_holds_a_secret_is_known(key: str, before: bytes, after: bytes) -> None:
    whole = before + key.encode() + after
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        assert any(writing in encode(whole).decode() for writing in writings(key))


@pytest.mark.parametrize("write", [str, lambda key: quote(key, safe=""), json.dumps])
def test_other_writings_are_taken_out_whole(write: "type[str]") -> None:
    left = without(writings(ODD), f"sent {write(ODD)} away", mask="-")
    assert left.replace('"', "") == "sent - away"


def test_a_short_secret_is_not_looked_for() -> None:
    assert writings("null") == frozenset()


def test_of_a_secret_that_holds_another_nothing_is_left() -> None:
    secrets = ("sk-abcdefgh", "sk-abcdefgh-and-more", "sk-abcdefgh-and", "with-sk-abcdefgh")
    told = "sk-abcdefgh-and-more, sk-abcdefgh, with-sk-abcdefgh"
    assert without(secrets, told, mask="-") == "-, -, -"
    assert without(("tail-of-it", "a-tail-of-it"), "a-tail-of-it", mask="-") == "-"
