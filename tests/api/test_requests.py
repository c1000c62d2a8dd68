"""Request bodies: exactly the fields of the contract, and the same bytes each time."""

import json

from beatra_desktop.api.requests import (
    ArtifactReference,
    ChatMessage,
    ChatRequest,
    DataReference,
    MinimaxOptions,
    ModelOptions,
    MusicRequest,
    SunoOptions,
    UrlReference,
    encode_cancel,
    encode_chat,
    encode_music,
)


def test_a_chat_body_streams_asks_for_usage_and_leaves_the_rest_out() -> None:
    request = ChatRequest(model="auto", messages=[ChatMessage("user", "Hé\u2028 🎵")])
    assert json.loads(encode_chat(request)) == {
        "model": "auto",
        "messages": [{"role": "user", "content": "Hé\u2028 🎵"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_zero_and_empty_are_values() -> None:
    request = ChatRequest(model="m", messages=[], temperature=0.0, seed=0, stop=[])
    body = json.loads(encode_chat(request))
    assert (body["messages"], body["temperature"], body["seed"], body["stop"]) == ([], 0.0, 0, [])


def test_a_music_body() -> None:
    request = MusicRequest(
        model="suno-5.5",
        prompt="slow piano waltz",
        lyrics="[Verse]\nLamps",
        instrumental=False,
        title="Lamps",
        metadata={"local_job": "job-17"},
        model_options=ModelOptions(suno=SunoOptions(custom_mode=True, style_weight=0.7)),
    )
    assert json.loads(encode_music(request)) == {
        "model": "suno-5.5",
        "prompt": "slow piano waltz",
        "lyrics": "[Verse]\nLamps",
        "instrumental": False,
        "title": "Lamps",
        "metadata": {"local_job": "job-17"},
        "model_options": {"suno": {"custom_mode": True, "style_weight": 0.7}},
    }


def test_reference_forms() -> None:
    def reference(form: ArtifactReference | UrlReference | DataReference) -> object:
        body = encode_music(MusicRequest(model="auto", prompt="p", reference_audio=form))
        return json.loads(body)["reference_audio"]

    assert reference(ArtifactReference("art_1")) == {"type": "artifact", "artifact_id": "art_1"}
    assert reference(UrlReference("https://e.org/a")) == {"type": "url", "url": "https://e.org/a"}
    assert reference(DataReference("data:x")) == {"type": "data_uri", "data": "data:x"}


def test_an_explicit_false_option_is_sent() -> None:
    options = ModelOptions(minimax=MinimaxOptions(lyrics_optimizer=False))
    body = encode_music(MusicRequest(model="auto", prompt="p", model_options=options))
    assert json.loads(body)["model_options"] == {"minimax": {"lyrics_optimizer": False}}


def test_equal_requests_give_equal_bytes() -> None:
    one = MusicRequest(model="auto", prompt="p", metadata={"a": "1", "b": "2"})
    other = MusicRequest(model="auto", prompt="p", metadata={"b": "2", "a": "1"})
    assert encode_music(one) == encode_music(other)


def test_a_cancel_body() -> None:
    assert encode_cancel() == b"{}"
    assert encode_cancel("changed my mind") == b'{"reason":"changed my mind"}'
