"""How a block that is shown differs from the longer one that takes its place."""

from dataclasses import dataclass, replace

from beatra_desktop.ui.chat.blocks import Block, Code, Span, Spans, Style, Text


@dataclass(frozen=True, slots=True)
class Growth:
    """Take `removed` UTF-16 units away from the end, then append `added`."""

    removed: int
    added: Spans


def growth(before: Block, after: Block) -> Growth | None:
    """The change from `before` to `after`; None when it is not at the end alone."""
    if isinstance(before, Text) and isinstance(after, Text):
        return _text_growth(before, after)
    if isinstance(before, Code) and isinstance(after, Code):
        return _code_growth(before, after)
    return None


def _text_growth(before: Text, after: Text) -> Growth | None:
    if replace(before, spans=after.spans) != after or _has_code(before) != _has_code(after):
        return None
    kept = _common(before.spans, after.spans)
    old, new = before.spans[kept:], after.spans[kept:]
    if any(Style.MATH in span.style for span in (*old, *new)):
        return None
    if old and new and (old[0].style, old[0].href) == (new[0].style, new[0].href):
        same = _common(old[0].text, new[0].text)
        old = (replace(old[0], text=old[0].text[same:]), *old[1:])
        new = (replace(new[0], text=new[0].text[same:]), *new[1:])
    removed = sum(_units(span.text) for span in old)
    return Growth(removed, tuple(span for span in new if span.text))


def _code_growth(before: Code, after: Code) -> Growth | None:
    added = after.text[len(before.text) :]
    if not before.text or "\n" in added or replace(after, text=before.text) != before:
        return None
    return Growth(0, (Span(added),)) if after.text.startswith(before.text) else None


def _common(one: Spans | str, other: Spans | str) -> int:
    """How many elements both begin with."""
    if one == other[: len(one)]:
        return len(one)
    pairs = zip(one, other, strict=False)
    return next((i for i, (left, right) in enumerate(pairs) if left != right), len(other))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _has_code(block: Text) -> bool:
    return any(Style.CODE in span.style for span in block.spans)
