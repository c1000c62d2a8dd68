"""Values made in a worker thread."""

from time import monotonic

from pytestqt.qtbot import QtBot

from beatra_desktop.ui.chat.background import BackgroundCache

REST_SECONDS = 0.02
FOR_EVER = 600.0


def test_nothing_is_made_before_the_rest_is_over(qtbot: QtBot) -> None:
    begin = monotonic()
    cache: BackgroundCache[str, float] = BackgroundCache(
        lambda _: monotonic(), lambda _: None, rest_seconds=REST_SECONDS
    )
    for word in ("first", "second"):
        cache.get(word)
        qtbot.waitUntil(lambda: cache.is_idle)
    first, second = cache.get("first"), cache.get("second")
    cache.close()
    assert first is not None
    assert second is not None
    assert begin + REST_SECONDS <= first <= second


def test_closing_waits_for_no_rest() -> None:
    cache = BackgroundCache(str, lambda _: None, rest_seconds=FOR_EVER)
    cache.get("a")
    cache.get("b")
    cache.close()
