"""What is said of a key store, by the advice code that comes with what happened."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_HAPPENED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "install_keyring": QT_TRANSLATE_NOOP(
            "key_store_text", "This computer offers no safe key store."
        ),
        "unlock_keyring": QT_TRANSLATE_NOOP("key_store_text", "The key store is locked."),
        "allow_access": QT_TRANSLATE_NOOP("key_store_text", "The key store refused the app."),
        "answer_prompt": QT_TRANSLATE_NOOP(
            "key_store_text", "The key store did not answer; it may be showing a password prompt."
        ),
        "set_up_keyring": QT_TRANSLATE_NOOP(
            "key_store_text", "The key store has no keyring to put keys in."
        ),
        "replace_unsafe_keyring": QT_TRANSLATE_NOOP(
            "key_store_text", "The key store that is set up does not keep keys safely."
        ),
        "fix_keyring_settings": QT_TRANSLATE_NOOP(
            "key_store_text", "The settings of Python's keyring name a key store that is not there."
        ),
    }
)
_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "install_keyring": QT_TRANSLATE_NOOP(
            "key_store_text", "Install or start GNOME Keyring or KWallet, then test again."
        ),
        "unlock_keyring": QT_TRANSLATE_NOOP("key_store_text", "Unlock it, then test again."),
        "allow_access": QT_TRANSLATE_NOOP(
            "key_store_text", "Allow Beatra Desktop in the key store's settings, then test again."
        ),
        "answer_prompt": QT_TRANSLATE_NOOP(
            "key_store_text", "Answer its password prompt, then test again."
        ),
        "set_up_keyring": QT_TRANSLATE_NOOP(
            "key_store_text",
            "Test again and agree when it asks to make one, or make a default keyring in the "
            "system's program for passwords.",
        ),
        "replace_unsafe_keyring": QT_TRANSLATE_NOOP(
            "key_store_text",
            "It writes them to a plain file or forgets them. Set up GNOME Keyring or KWallet "
            "instead, then test again.",
        ),
        "fix_keyring_settings": QT_TRANSLATE_NOOP(
            "key_store_text",
            "Correct PYTHON_KEYRING_BACKEND or keyringrc.cfg, start the app anew and test again.",
        ),
    }
)


def happened(code: str) -> str:
    """One sentence; what is no code, as in records of older versions, is returned as it is."""
    return _tr(_HAPPENED[code]) if code in _HAPPENED else code


def advice(code: str) -> str:
    """The one next step; empty where there is none."""
    return _tr(_ADVICE[code]) if code in _ADVICE else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("key_store_text", text)
