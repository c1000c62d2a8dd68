"""Formulas anybody may write: each is drawn or refused, in time and memory with bounds."""

import time

import pytest

from beatra_desktop.ui.chat.formulas import MAX_AREA, FormulaKey, typeset

TAYLOR = r"f(x) &= \sum_{k=0}^{n} \frac{f^{(k)}(a)}{k!}(x-a)^k + R_n(x) \\"


def _typeset(source: str) -> None:
    typeset(FormulaKey(source, is_display=True, colour="#000000"))


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{aligned}" + TAYLOR * 10 + r"\end{aligned}",
        r"\sqrt{1+\sqrt{1+\sqrt{1+\sqrt{1+\sqrt{1+\sqrt{x}}}}}}",
        r"\begin{pmatrix}" + r"a&b&c&d&e&f\\" * 6 + r"\end{pmatrix}",
    ],
    ids=["derivation", "roots", "matrix"],
)
def test_what_people_write_is_drawn(source: str) -> None:
    _typeset(source)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("x^{", "}"), (r"\frac{", "}{y}"), (r"\sqrt{", "}"), (r"\left(", r"\right)"), ("{", "}"),
     (r"\begin{matrix}", r"\end{matrix}"), (r"\hat{", "}"), (r"\mathrm{", "}")],
)  # fmt: skip
def test_nesting_that_would_take_for_ever_is_refused_at_once(opening: str, closing: str) -> None:
    started = time.thread_time()
    with pytest.raises(ValueError, match="too deep"):
        _typeset(opening * 25 + "x" + closing * 25)
    assert time.thread_time() - started < 2


@pytest.mark.parametrize(
    "source", [r"\rule{900em}{900em}", r"a\hspace{90000em}b", r"\rule{300em}{60em}"]
)
def test_a_picture_that_fits_into_no_memory_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="too large"):
        _typeset(source)
    assert MAX_AREA * 4 * 46**2 < 64 << 20  # bytes at 23 px, twice as fine
