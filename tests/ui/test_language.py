from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from beatra_desktop.domain.choices import Language
from beatra_desktop.domain.profiles import BUILT_IN
from beatra_desktop.domain.settings import Settings
from beatra_desktop.ui import format, language, theme
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.pseudo import pseudo

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english_again(_dressed: None) -> Iterator[None]:
    yield
    language.use(Language.ENGLISH)


def _cancel() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.buttons()[0].text()


def _settings_word() -> str:
    return QCoreApplication.translate("SettingsDialog", "Settings")


def test_words_of_the_app_and_of_qt_change_together() -> None:
    language.use(Language.CHINESE)
    assert (_settings_word(), _cancel()) == ("设置", "取消")
    language.use(Language.ENGLISH)
    assert (_settings_word(), _cancel()) == ("Settings", "Cancel")


def test_numbers_and_dates_follow_the_language() -> None:
    language.use(Language.CHINESE)
    assert QLocale().name() == "zh_CN"
    assert format.relative(NOON, NOON) == "刚刚"


def test_what_is_listed_and_the_sandbox_follow_the_language() -> None:
    said = format.listed(["80", "", "2"]), profile_name(BUILT_IN[0])
    language.use(Language.CHINESE)
    assert said == ("80, 2", "Sandbox")
    assert (format.listed(["80", "", "2"]), profile_name(BUILT_IN[0])) == ("80，2", "沙盒")


@pytest.mark.parametrize(("number", "words"), [(1, "1 chat"), (2, "2 chats")])
def test_english_has_a_singular(number: int, words: str) -> None:
    language.use(Language.CHINESE)
    language.use(Language.ENGLISH)
    assert QCoreApplication.translate("ConversationModel", "%n chats", "", number) == words


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["zh-Hans-CN", "zh-CN"], Language.CHINESE),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh"], Language.CHINESE),
        (["de-DE", "de", "zh-Hans-CN"], Language.CHINESE),
        (["de-DE", "en-GB", "zh-CN"], Language.ENGLISH),
        (["de-DE"], Language.ENGLISH),
        (["C"], Language.ENGLISH),
    ],
)
def test_the_first_of_the_users_languages_that_is_spoken(tags: list[str], found: Language) -> None:
    assert language.first_spoken(tags) is found


def test_what_is_set_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(language.VARIABLE, raising=False)
    assert Settings().language is Language.SYSTEM
    assert language.wanted(Language.CHINESE) == "zh_CN"
    assert language.wanted(Language.SYSTEM) == language.system_language()


@pytest.mark.parametrize("named", ["pseudo", "pseudo-rtl", "en", "zh_CN"])
def test_a_developer_names_another(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv(language.VARIABLE, named)
    assert language.wanted(Language.CHINESE) == named
    monkeypatch.setenv(language.VARIABLE, "tlh")
    assert language.wanted(Language.CHINESE) == "zh_CN"


def test_the_pseudo_language_makes_words_longer_and_keeps_what_is_filled_in() -> None:
    made = pseudo("Find {words} and %n &more")
    assert made.startswith("⟦Fíñd {words} áñd %n &móŕé ~")
    assert made.endswith("⟧")
    assert len(made) > 1.3 * len("Find {words} and %n &more")
    assert pseudo("All files (*)").endswith("⟧ (*)")


def test_the_pseudo_languages_speak_and_one_of_them_mirrors() -> None:
    language.use(language.PSEUDO)
    assert _settings_word().startswith("⟦Šéttíñgš")
    assert QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
    language.use(language.PSEUDO_RTL)
    assert "Šéttíñgš" in _settings_word()
    assert QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    language.use(Language.ENGLISH)
    assert QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_chinese_letters_have_their_chinese_form() -> None:
    language.use(Language.CHINESE)
    assert theme.HAN_FAMILIES[0] in theme.body_font().families()
