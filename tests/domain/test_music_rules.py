"""What the form knows about models, against what the sandbox refuses."""

from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import (
    MinimaxOptions,
    MusicPrompt,
    PromptProblem,
    Reference,
    SunoOptions,
    problems,
)
from beatra_desktop.domain.music_rules import (
    AUTO,
    Family,
    Hint,
    HintCode,
    PromptField,
    family_of,
    field_named,
    hints,
    limits,
    reference_limits,
    spare_title,
    to_send,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.sandbox import music_rules as sandbox_rules
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.music_request import read_music_request
from beatra_desktop.services.music_bodies import encode_prompt

MODELS: Final = (AUTO, "suno-5.5", "minimax-music-2.6", "minimax-music-3.0")
REFERENCE: Final = Reference(upload_id=UploadId("u1"), name="take.wav", artifact_id="art_1")
SONG: Final = MusicPrompt(prompt="slow piano waltz", model="suno-5.5")
CUSTOM: Final = replace(SONG, suno=SunoOptions(custom_mode=True))
LONG_TAGS: Final = SunoOptions(custom_mode=True, negative_tags="x" * 201)
MINIMAX: Final = replace(SONG, model="minimax-music-3.0")
TEXTS: Final = st.one_of(
    st.text("waltz \n", max_size=40),
    st.sampled_from([9, 10, 80, 81, 200, 201, 300, 301, 500, 501, 1000, 1001, 2000]).map(
        "x".__mul__
    ),
)
LYRICS: Final = st.one_of(TEXTS, st.sampled_from([3500, 3501, 5000]).map("y".__mul__))
WEIGHTS: Final = st.one_of(st.none(), st.integers(0, 100).map(lambda percent: percent / 100))
SUNO: Final = st.builds(
    SunoOptions,
    custom_mode=st.sampled_from([None, True]),
    negative_tags=st.one_of(st.none(), TEXTS.filter(bool)),
    vocal_gender=st.sampled_from([None, "m", "f"]),
    style_weight=WEIGHTS,
    weirdness_constraint=WEIGHTS,
    audio_weight=WEIGHTS,
)
DRAFTS: Final = st.builds(
    MusicPrompt,
    prompt=TEXTS,
    model=st.sampled_from([*MODELS, "another-7"]),
    title=st.one_of(st.just(""), TEXTS),
    lyrics=st.one_of(st.just(""), LYRICS),
    instrumental=st.booleans(),
    reference=st.sampled_from([None, REFERENCE]),
    suno=st.one_of(st.none(), SUNO),
    minimax=st.builds(MinimaxOptions, lyrics_optimizer=st.sampled_from([None, True])),
)


def _refused(prompt: MusicPrompt) -> list[PromptField | None]:
    """The fields the strict sandbox refuses of a body."""
    document = msgspec.json.decode(encode_prompt(prompt, local_job="job"))
    with_reference = prompt.reference is not None
    try:
        request = read_music_request(document, with_reference=with_reference, strict=True)
        case = sandbox_rules.Case(request, with_reference=with_reference, strict=True)
        sandbox_rules.choose_model(case)
    except ApiError as error:
        named = [entry["field"] for entry in (error.details or {}).get("errors", [])]
        return [field_named(name) for name in named or [error.param or ""]]
    return []


def test_families_are_told_by_the_models_names() -> None:
    assert family_of("suno-5.5") is Family.SUNO
    assert family_of("minimax-music-2.6") is Family.MINIMAX
    assert family_of("auto") is None
    assert family_of("another-7") is None


@pytest.mark.parametrize(
    ("prompt", "characters"),
    [
        (SONG, 500),
        (CUSTOM, 1000),
        (MINIMAX, 2000),
        (replace(MINIMAX, reference=REFERENCE), 300),
        (replace(SONG, model="auto"), 2000),
        (replace(SONG, model="auto", reference=REFERENCE), 300),
        (replace(SONG, model="another-7", reference=REFERENCE), 2000),
    ],
)
def test_the_description_may_be_as_long_as_the_model_takes(
    prompt: MusicPrompt, characters: int
) -> None:
    assert limits(prompt)[PromptField.PROMPT].most == characters


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (SONG, []),
        (replace(SONG, prompt="x" * 501), ["prompt too_long"]),
        (replace(SONG, title="t" * 81), ["title too_long"]),
        (replace(SONG, lyrics="La"), ["lyrics lyrics_need_custom_mode"]),
        (replace(SONG, lyrics="La", instrumental=True), []),
        (replace(SONG, suno=SunoOptions(style_weight=0)), ["style_weight needs_custom_mode"]),
        (CUSTOM, ["title needs_title", "lyrics needs_lyrics"]),
        (replace(CUSTOM, title="Lamps", lyrics="La"), []),
        (replace(CUSTOM, title="Lamps", instrumental=True), []),
        (
            replace(
                CUSTOM, title="A", lyrics="B", suno=SunoOptions(custom_mode=True, audio_weight=1)
            ),
            ["audio_weight needs_reference"],
        ),
        (MINIMAX, ["lyrics needs_lyrics_or_optimizer"]),
        (replace(MINIMAX, minimax=MinimaxOptions(lyrics_optimizer=True)), []),
        (replace(MINIMAX, instrumental=True), []),
        (
            replace(MINIMAX, instrumental=True, reference=REFERENCE),
            ["instrumental not_with_reference"],
        ),
        (
            replace(MINIMAX, minimax=MinimaxOptions(lyrics_optimizer=True), reference=REFERENCE),
            ["lyrics_optimizer not_with_reference"],
        ),
        (replace(MINIMAX, lyrics="La", reference=REFERENCE), ["lyrics too_short"]),
        (replace(SONG, model="auto", prompt="waltz", reference=REFERENCE), ["prompt too_short"]),
        (
            replace(SONG, model="auto", lyrics="La la la la la", reference=REFERENCE),
            ["title needs_title"],
        ),
        (replace(SONG, model="another-7", lyrics="La"), []),
    ],
)
def test_hints_name_the_fields_a_model_will_refuse(draft: MusicPrompt, expected: list[str]) -> None:
    assert [f"{hint.field} {hint.code}" for hint in hints(draft)] == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (replace(SONG, prompt="x" * 500), []),
        (replace(SONG, prompt="x" * 501), [Hint(PromptField.PROMPT, HintCode.TOO_LONG, 500)]),
        (replace(MINIMAX, lyrics="y" * 10, reference=REFERENCE), []),
        (
            replace(MINIMAX, lyrics="y" * 9, reference=REFERENCE),
            [Hint(PromptField.LYRICS, HintCode.TOO_SHORT, 10)],
        ),
        (
            replace(CUSTOM, title="A", instrumental=True, suno=LONG_TAGS),
            [Hint(PromptField.NEGATIVE_TAGS, HintCode.TOO_LONG, 200)],
        ),
    ],
)
def test_a_limit_is_told_and_holds_to_the_character(
    draft: MusicPrompt, expected: list[Hint]
) -> None:
    assert list(hints(draft)) == expected


def test_options_that_choose_nothing_are_not_sent() -> None:
    assert to_send(replace(SONG, suno=SunoOptions())).suno is None
    assert to_send(replace(CUSTOM, title="A")).suno == SunoOptions(custom_mode=True)
    assert to_send(replace(MINIMAX, minimax=MinimaxOptions())).minimax is None
    written = MinimaxOptions(lyrics_optimizer=False)
    assert to_send(replace(MINIMAX, minimax=written)).minimax == written


def test_blanks_around_what_was_typed_do_not_leave() -> None:
    sent = to_send(replace(SONG, prompt=" waltz\n", lyrics="\nLa ", title=" T "))
    assert (sent.prompt, sent.lyrics, sent.title) == ("waltz", "La", "T")


@given(DRAFTS)
def test_no_rule_keeps_a_draft_from_being_sent(draft: MusicPrompt) -> None:
    hints(draft)
    is_empty = not draft.prompt.strip()
    empty = [PromptProblem(field="prompt", reason="empty")] if is_empty else []
    assert problems(to_send(draft)) == empty


@given(DRAFTS.filter(lambda draft: draft.prompt.strip() and draft.model in MODELS))
def test_where_nothing_is_hinted_the_strict_service_takes_it(draft: MusicPrompt) -> None:
    is_left_to_auto = draft.model == AUTO and draft.reference is None  # nothing is known of that
    if not (hints(draft) or is_left_to_auto):
        assert _refused(to_send(draft)) == []


@given(DRAFTS.filter(lambda draft: draft.prompt.strip() and draft.model in MODELS[1:]))
def test_what_the_service_refuses_was_hinted(draft: MusicPrompt) -> None:
    assert set(_refused(to_send(draft))) <= {hint.field for hint in hints(draft)}


@given(DRAFTS)
def test_a_hint_goes_with_what_it_speaks_of(draft: MusicPrompt) -> None:
    mended = draft
    for _ in range(3):  # a remedy can bring the next rule up, such as custom mode its title
        for hint in hints(mended):
            mended = _mended(mended, hint.field, hint.code)
    assert hints(mended) == ()


def _mended(draft: MusicPrompt, field: PromptField, code: HintCode) -> MusicPrompt:
    """The draft after doing what a hint asks for."""
    custom = replace(draft.suno or SunoOptions(), custom_mode=True)
    remedies: dict[HintCode, dict[str, Any]] = {
        HintCode.LYRICS_NEED_CUSTOM_MODE: {"suno": custom},
        HintCode.NEEDS_CUSTOM_MODE: {"suno": custom},
        HintCode.NEEDS_REFERENCE: {"suno": replace(custom, audio_weight=None)},
        HintCode.NEEDS_TITLE: {"title": "Lamps"},
        HintCode.NEEDS_LYRICS: {"lyrics": "Lamps along the river"},
        HintCode.NEEDS_LYRICS_OR_OPTIMIZER: {"minimax": MinimaxOptions(lyrics_optimizer=True)},
        HintCode.NOT_WITH_REFERENCE: {"instrumental": False, "minimax": None},
    }
    if code in remedies:
        return replace(draft, **remedies[code])
    if field is PromptField.NEGATIVE_TAGS:
        return replace(draft, suno=replace(draft.suno or SunoOptions(), negative_tags="choir"))
    text: dict[str, Any] = {field.value: "a text of a length that suits all"}
    return replace(draft, **text)


@given(DRAFTS)
def test_the_options_of_one_family_only_go_out(draft: MusicPrompt) -> None:
    sent = to_send(draft)
    assert sent.suno is None or family_of(sent.model) is Family.SUNO
    assert sent.minimax is None or family_of(sent.model) is Family.MINIMAX
    assert not (sent.instrumental and sent.lyrics)
    assert to_send(sent) == sent


def test_a_title_is_sent_where_the_model_wants_one() -> None:
    untitled = replace(CUSTOM, prompt="slow piano waltz, close mic\nsoft brushes")
    assert to_send(untitled).title == "slow piano waltz, close mic"
    assert to_send(replace(untitled, title=" Lamps ")).title == "Lamps"
    assert to_send(replace(untitled, prompt="long " * 100)).title.endswith("…")
    assert len(spare_title(replace(untitled, prompt="long " * 100))) <= 80
    assert to_send(SONG).title == ""


def test_a_recording_has_limits_of_its_own() -> None:
    suno, auto = reference_limits(SONG), reference_limits(replace(SONG, model="auto"))
    assert suno is not None
    assert (suno.least_seconds, suno.most_seconds, suno.most_bytes) == (0, 480, 0)
    assert auto is not None
    assert (auto.least_seconds, auto.most_seconds) == (6, 360)
    assert auto.most_bytes == 50 * 1024 * 1024
    assert reference_limits(replace(SONG, model="another-7")) is None


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("/prompt", PromptField.PROMPT),
        ("prompt", PromptField.PROMPT),
        ("/model_options/suno/vocal_gender", PromptField.VOCAL_GENDER),
        ("model_options.suno.vocal_gender", PromptField.VOCAL_GENDER),
        ("/reference_audio/artifact_id", PromptField.REFERENCE),
        ("/model_options/minimax", None),
        ("/metadata/local_job", None),
        ("", None),
    ],
)
def test_a_field_is_known_by_what_the_service_calls_it(
    name: str, field: PromptField | None
) -> None:
    assert field_named(name) is field
