import pytest

from beatra_desktop.domain.catalog import (
    BUILT_IN_LABELS,
    CHAT_ONLY_LABELS,
    Catalog,
    Feature,
    Label,
    Model,
)

CHAT = Model(id="writer", name="Writer")
SUNO = Model(id="suno-5.5", name="Suno", capabilities=("text_to_music",), clips_per_task=2)
COVER = Model(id="cover", name="Cover", capabilities=("reference_audio_to_music",))


def test_models_are_told_apart_by_what_they_make() -> None:
    catalog = Catalog(models=(CHAT, SUNO, COVER))
    assert catalog.chat_models == (CHAT,)
    assert catalog.music_models == (SUNO, COVER)


@pytest.mark.parametrize(
    ("model", "answers"),
    [
        (CHAT, True),
        (Model(id="suno-5.5", name="suno-5.5"), False),
        (Model(id="minimax-music-2.6", name="x"), False),
        (Model(id="minimax-m1", name="x"), True),
        (Model(id="suno-chat", name="x", capabilities=("chat",)), True),
        (Model(id="seer", name="x", takes=("text", "image"), makes=("text",)), True),
        (Model(id="painter", name="x", makes=("image",)), False),
    ],
)
def test_only_what_answers_in_text_is_for_chats(model: Model, answers: bool) -> None:
    assert Catalog(models=(model,)).chat_models == ((model,) if answers else ())


def test_a_model_is_found_by_its_id() -> None:
    catalog = Catalog(models=(CHAT, SUNO))
    assert catalog.model("suno-5.5") == SUNO
    assert catalog.model("Suno") is None


@pytest.mark.parametrize("feature", Feature)
def test_every_feature_has_a_label_before_the_service_was_asked(feature: Feature) -> None:
    assert feature in Catalog().labels


def test_without_the_services_word_only_chat_and_health_are_called_available() -> None:
    available = {f for f, label in BUILT_IN_LABELS.items() if label is Label.AVAILABLE}
    assert available == {Feature.CHAT, Feature.HEALTH}


def test_a_service_of_others_is_taken_to_have_chat_and_nothing_else() -> None:
    assert CHAT_ONLY_LABELS.keys() == set(Feature)
    offered = {f for f, label in CHAT_ONLY_LABELS.items() if label is not Label.NOT_OFFERED}
    assert offered == {Feature.CHAT}


def test_the_built_in_labels_can_not_be_changed_by_accident() -> None:
    with pytest.raises(TypeError):
        Catalog().labels[Feature.VIDEO] = Label.AVAILABLE  # type: ignore[index]  # the point
