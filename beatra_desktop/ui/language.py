"""The language of the window: its words, and how numbers and dates are written in it."""

import logging
import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from beatra_desktop.domain.choices import Language
from beatra_desktop.paths import resources

VARIABLE: Final = "BEATRA_LANGUAGE"
"""For developers: a language named here comes before the one that is set."""
PSEUDO: Final = "pseudo"
PSEUDO_RTL: Final = "pseudo-rtl"
NAMES: Final = {Language.ENGLISH: "English", Language.CHINESE: "简体中文"}
"""Each in its own words, so that who reads no other finds it."""

_log = logging.getLogger(__name__)


class _State:
    def __init__(self) -> None:
        self.code = ""
        self.translators: list[QTranslator] = []


@cache
def _state() -> _State:
    return _State()


def current() -> str:
    """The code of the language in use: of a `Language` that is not `system`, or a pseudo one."""
    return _state().code


def wanted(choice: Language) -> str:
    """The code of the language to use when this one is chosen."""
    named = os.environ.get(VARIABLE, "")
    if named in (PSEUDO, PSEUDO_RTL, *NAMES):
        return named
    return system_language() if choice is Language.SYSTEM else choice


def system_language() -> Language:
    """That of the user's languages which the app speaks."""
    return first_spoken(QLocale.system().uiLanguages())


def first_spoken(tags: Iterable[str]) -> Language:
    """The first of these (BCP 47) that the app speaks; English when it speaks none."""
    for tag in tags:
        locale = QLocale(tag)
        if locale.language() is QLocale.Language.English:
            return Language.ENGLISH
        if locale.script() is QLocale.Script.SimplifiedHanScript:
            return Language.CHINESE
    return Language.ENGLISH


def use(code: str) -> None:
    """Speak it from now on; what is on show already keeps its words."""
    if code == current():
        return
    app = QCoreApplication.instance()
    assert app is not None, "a language is for an application"
    QLocale.setDefault(_locale(code))
    before, _state().translators = _state().translators, list(_translators(code))
    _state().code = code
    for translator in before:
        app.removeTranslator(translator)
    for translator in _state().translators:
        app.installTranslator(translator)


def _translators(code: str) -> Iterator[QTranslator]:
    """Those installed last are asked first."""
    if code in (PSEUDO, PSEUDO_RTL):
        from beatra_desktop.ui.pseudo import PseudoTranslator  # few starts need it

        yield PseudoTranslator(is_mirrored=code == PSEUDO_RTL)
        return
    own = str(resources() / "translations")
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{code}", qts), (f"beatra_{code}", own)):
        translator = QTranslator()
        if translator.load(name, folder):
            yield translator
        else:  # a package may lack Qt's own; English words are better than no window
            _log.warning("There is no %s.qm in %s", name, folder)


def _locale(code: str) -> QLocale:
    """The user's own habits where they are of this language, else those of its main country."""
    system = QLocale.system()
    if code == Language.CHINESE:
        is_own = system.script() is QLocale.Script.SimplifiedHanScript
        return system if is_own else QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    english = QLocale.Language.English
    if system.language() in (english, QLocale.Language.C):
        return system
    return QLocale(english, system.territory())
