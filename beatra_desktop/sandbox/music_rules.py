"""What each music model takes and refuses, and how `auto` chooses (contract §6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from beatra_desktop.sandbox.catalog import MUSIC_MODELS, SUNO, MusicModel
from beatra_desktop.sandbox.errors import ApiError, Problem, refusal
from beatra_desktop.sandbox.music_request import MusicRequest

AUTO: Final = "auto"
WEIGHTS: Final = ("style_weight", "weirdness_constraint", "audio_weight")
NEEDS_CUSTOM: Final = ("negative_tags", "vocal_gender", *WEIGHTS)


@dataclass(frozen=True, slots=True)
class Case:
    """A request as one route sees it; `strict` is the switch of contract §10 X7."""

    request: MusicRequest
    with_reference: bool
    strict: bool


Rule: TypeAlias = Callable[[Case], Iterator[Problem]]


def choose_model(case: Case) -> MusicModel:
    """Return the model that will run. Raises `unsupported_model`, or what the model refuses.

    `auto` takes the first model without objections: Suno first for text, MiniMax for references.
    """
    asked = case.request.model
    if asked == AUTO:
        return _auto(case)
    if asked not in MUSIC_MODELS:
        names = ", ".join([AUTO, *MUSIC_MODELS])
        message = f"“{asked}” is no music model of this service. There are: {names}."
        raise ApiError("unsupported_model", message, param="/model")
    return _accepting(MUSIC_MODELS[asked], case)


def _auto(case: Case) -> MusicModel:
    candidates = list(MUSIC_MODELS.values())
    if case.with_reference or (case.request.minimax is not None and case.request.suno is None):
        candidates = [model for model in candidates if model.family == "minimax"]
    for model in candidates:
        if not _problems(model, case):
            return model
    return _accepting(candidates[0], case)


def _accepting(model: MusicModel, case: Case) -> MusicModel:
    problems = _problems(model, case)
    if problems:
        raise refusal(problems)
    return model


def _problems(model: MusicModel, case: Case) -> list[Problem]:
    rules = SUNO_RULES if model is SUNO else MINIMAX_RULES
    return [problem for rule in rules for problem in rule(case)]


def _only_suno(case: Case) -> Iterator[Problem]:
    if case.request.minimax is not None:
        yield _unsupported("/model_options/minimax", "Suno does not take MiniMax options.")


def _only_minimax(case: Case) -> Iterator[Problem]:
    if case.request.suno is not None:
        yield _unsupported("/model_options/suno", "MiniMax does not take Suno options.")


def _suno_lengths(case: Case) -> Iterator[Problem]:
    custom = _is_custom(case.request)
    yield from _length("/prompt", case.request.prompt, most=1000 if custom else 500)
    yield from _length("/title", case.request.title or "", most=80)


def _suno_custom_needs(case: Case) -> Iterator[Problem]:
    request = case.request
    if not _is_custom(request):
        return
    if case.strict and not (request.title or "").strip():
        yield Problem("/title", "Custom mode needs a title.")
    if not request.instrumental and not request.has_lyrics:
        yield Problem("/lyrics", "Custom mode needs lyrics, unless the song is instrumental.")


def _suno_simple_refuses(case: Case) -> Iterator[Problem]:
    request = case.request
    if _is_custom(request):
        return
    if request.has_lyrics:
        message = "Own lyrics need custom mode: set model_options.suno.custom_mode to true."
        yield Problem("/lyrics", message)
    for name in NEEDS_CUSTOM:
        if getattr(request.suno, name, None) is not None:
            yield Problem(f"/model_options/suno/{name}", f"{name} needs custom mode.")


def _suno_weights(case: Case) -> Iterator[Problem]:
    for name in WEIGHTS:
        value = getattr(case.request.suno, name, None)
        if value is not None and abs(value * 100 - round(value * 100)) > 1e-6:
            yield Problem(f"/model_options/suno/{name}", f"{name} goes in steps of 0.01.")


def _suno_audio_weight(case: Case) -> Iterator[Problem]:
    given = getattr(case.request.suno, "audio_weight", None) is not None
    if given and not case.with_reference:
        message = "audio_weight needs a reference recording."
        yield _unsupported("/model_options/suno/audio_weight", message)


def _minimax_text(case: Case) -> Iterator[Problem]:
    request = case.request
    if case.with_reference:
        return
    yield from _length("/lyrics", request.lyrics or "", most=3500)
    optimizes = request.minimax is not None and request.minimax.lyrics_optimizer
    if not (request.instrumental or request.has_lyrics or optimizes):
        message = "A song with vocals needs lyrics, or lyrics_optimizer to write them."
        yield Problem("/lyrics", message)


def _minimax_reference(case: Case) -> Iterator[Problem]:
    request = case.request
    if not case.with_reference:
        return
    yield from _length("/prompt", request.prompt, least=10, most=300)
    if request.lyrics:
        yield from _length("/lyrics", request.lyrics, least=10, most=1000)
    if request.instrumental:
        message = "This model sings over a reference: it makes no instrumental from one."
        yield _unsupported("/instrumental", message)
    if request.minimax is not None and request.minimax.lyrics_optimizer is not None:
        message = "lyrics_optimizer works without a reference only."
        yield _unsupported("/model_options/minimax/lyrics_optimizer", message)


def _auto_reference_title(case: Case) -> Iterator[Problem]:
    request = case.request
    titled = bool((request.title or "").strip())
    if request.model == AUTO and case.with_reference and request.has_lyrics and not titled:
        yield Problem("/title", "With “auto”, lyrics over a reference need a title.")


def _length(pointer: str, text: str, *, most: int, least: int = 0) -> Iterator[Problem]:
    name = pointer[1:]
    if len(text) > most:
        message = f"The {name} has {len(text)} characters; this model takes at most {most}."
        yield Problem(pointer, message)
    elif len(text) < least:
        yield Problem(pointer, f"The {name} needs at least {least} characters.")


def _is_custom(request: MusicRequest) -> bool:
    return bool(request.suno and request.suno.custom_mode)


def _unsupported(pointer: str, message: str) -> Problem:
    return Problem(pointer, message, "unsupported_option")


SUNO_RULES: Final[tuple[Rule, ...]] = (
    *(_only_suno, _suno_audio_weight, _suno_lengths, _suno_custom_needs),
    *(_suno_simple_refuses, _suno_weights),
)
MINIMAX_RULES: Final[tuple[Rule, ...]] = (
    *(_only_minimax, _minimax_text, _minimax_reference, _auto_reference_title),
)
