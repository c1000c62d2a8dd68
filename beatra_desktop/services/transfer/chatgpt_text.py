"""What a message of a ChatGPT export says, as Markdown."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_SKIPPED: Final = frozenset(
    {"thoughts", "reasoning_recap", "user_editable_context", "model_editable_context"}
)
_CODE: Final = frozenset({"code", "execution_output"})
_NOTES: Final = {"image": "[picture]", "audio": "[audio]", "video": "[video]"}
_OTHER_NOTE: Final = "[attachment]"
# Citations stand between private signs: kind, then what belongs to it.
_MARKER: Final = re.compile("[ \t]?\ue200(.{0,2000}?)\ue201", re.DOTALL)
_SEPARATOR: Final = "\ue202"
_STRAY_SIGNS: Final = re.compile("[\ue200-\ue206]")
_OLD_MARKER: Final = re.compile(r"[ \t]?【\d{1,4}(?::\d{1,4})?†[^】\n]{0,200}】")
_BACKTICKS: Final = re.compile("`+")
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9_+#.-]{1,30}")


def text_of(message: Mapping[str, Any], *, is_answer: bool) -> str:
    """The text of a message; empty for what is not meant for people."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if not isinstance(content, dict):
        return ""
    kind = _string(content.get("content_type"))
    if kind in _SKIPPED:
        return ""
    if kind in _CODE:
        return _fenced(_string(content.get("text")), _string(content.get("language")))
    parts = content.get("parts")
    said = parts if isinstance(parts, list) else [content.get("text") or content.get("result")]
    text = "\n\n".join(filter(None, map(_part, said)))
    return _without_markers(text) if is_answer else text


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    if isinstance(part.get("text"), str):
        return str(part["text"])
    kind = _string(part.get("content_type"))
    return next((note for sign, note in _NOTES.items() if sign in kind), _OTHER_NOTE)


def _fenced(text: str, language: str) -> str:
    if not text.strip():
        return ""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    known = language if _LANGUAGE.fullmatch(language) and language != "unknown" else ""
    return f"{fence}{known}\n{text.rstrip()}\n{fence}"


def _without_markers(text: str) -> str:
    marked = _MARKER.sub(_visible, text)
    return _STRAY_SIGNS.sub("", _OLD_MARKER.sub("", marked))


def _visible(marker: re.Match[str]) -> str:
    """What a person saw of a marker: the words of a link or a name; of a citation, nothing."""
    kind, *rest = marker[1].split(_SEPARATOR)
    blank = marker[0][: marker[0].index("\ue200")]
    if kind == "url" and rest:
        return f"{blank}{rest[0]}"
    if kind == "entity" and rest:
        return f"{blank}{_name(rest[0])}"
    return ""


def _name(text: str) -> str:
    """The second of a list of kind, name and more."""
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    is_named = isinstance(parts, list) and len(parts) > 1 and isinstance(parts[1], str)
    return str(parts[1]) if is_named else ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
