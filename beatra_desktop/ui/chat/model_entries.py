"""What the model picker lists: one entry for each model that may be asked, in words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.catalog import Catalog, Label, Model
from beatra_desktop.domain.chat import AUTO_MODEL
from beatra_desktop.ui import format
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_LABELS: Final[Mapping[Label, tuple[str, Tone]]] = MappingProxyType(
    {
        Label.AVAILABLE: (QT_TRANSLATE_NOOP("model_entries", "Available"), Tone.NEUTRAL),
        Label.PREVIEW: (QT_TRANSLATE_NOOP("model_entries", "Preview"), Tone.WARNING),
        Label.PLANNED: (QT_TRANSLATE_NOOP("model_entries", "Planned"), Tone.NEUTRAL),
    }
)
_MODALITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": QT_TRANSLATE_NOOP("model_entries", "text"),
        "image": QT_TRANSLATE_NOOP("model_entries", "images"),
        "audio": QT_TRANSLATE_NOOP("model_entries", "audio"),
        "video": QT_TRANSLATE_NOOP("model_entries", "video"),
        "file": QT_TRANSLATE_NOOP("model_entries", "files"),
    }
)


class ModelEntry(Struct, frozen=True, kw_only=True):
    """`id` is what is picked; `detail` is the quiet second line."""

    id: str
    name: str
    detail: str = ""
    badge: str = ""
    tone: Tone = Tone.NEUTRAL

    @property
    def spoken(self) -> str:
        """All there is to say, for screen readers and the tooltip."""
        return "\n".join(filter(None, (self.name, self.detail, self.badge)))

    def matches(self, words: Sequence[str]) -> bool:
        """Whether all words, in small letters, are in its name, id or detail."""
        text = f"{self.name} {self.id} {self.detail}".casefold()
        return all(word in text for word in words)


def typed_entry(model_id: str) -> ModelEntry:
    """A model the user names by its id, which no list has to know."""
    name = _tr("Use “{id}”").format(id=model_id)
    return ModelEntry(id=model_id, name=name, detail=_tr("As a model's id, as it is typed."))


def entries(catalog: Catalog, pinned: str) -> list[ModelEntry]:
    """`auto` first; last the pinned model, where it is not listed any more."""
    models = [_entry(model) for model in catalog.chat_models]
    listed = [_auto(has_detail=any(entry.detail for entry in models)), *models]
    if pinned and all(entry.id != pinned for entry in listed):
        badge = _tr("Not listed now")
        name = name_of(catalog, pinned)
        listed.append(ModelEntry(id=pinned, name=name, badge=badge, tone=Tone.WARNING))
    return listed


def name_of(catalog: Catalog, model_id: str) -> str:
    if model_id == AUTO_MODEL:
        return _tr("Auto")
    model = catalog.model(model_id)
    return model.name if model is not None else model_id


def _auto(*, has_detail: bool) -> ModelEntry:
    """In one line where no model needs two."""
    if not has_detail:
        return ModelEntry(id=AUTO_MODEL, name=_tr("Auto (the service chooses)"))
    sentence = _tr("The service chooses a model for each message.")
    return ModelEntry(id=AUTO_MODEL, name=_tr("Auto"), detail=sentence)


def _entry(model: Model) -> ModelEntry:
    badge, tone = _LABELS[model.label] if model.label is not None else ("", Tone.NEUTRAL)
    own_id = model.id if model.id != model.name else ""  # last: long ones are cut
    detail = " · ".join(filter(None, (_price(model), _takes(model), own_id)))
    return ModelEntry(
        id=model.id, name=model.name, detail=detail, badge=_tr(badge) if badge else "", tone=tone
    )


def _price(model: Model) -> str:
    """The service's own figure; empty where it names none."""
    if model.unit_credits is None:
        return ""
    price = format.credits(model.unit_credits)
    unit = (model.unit or "").replace("_", " ")
    return _tr("{price} per {unit}").format(price=price, unit=unit) if unit else price


def _takes(model: Model) -> str:
    if not model.takes:
        return ""
    known = (_MODALITIES.get(kind) for kind in model.takes)
    words = (_tr(word) if word else kind for kind, word in zip(model.takes, known, strict=True))
    return _tr("takes {what}").format(what=_tr(", ").join(words))


def _tr(text: str) -> str:
    return QCoreApplication.translate("model_entries", text)
