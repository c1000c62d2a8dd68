"""How the active profile stands: is it up, is its key good, what does it offer."""

import asyncio
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import (
    APIError,
    APIStatusError,
    AuthenticationError,
    MalformedResponseError,
    PermissionDeniedError,
)
from beatra_desktop.api.types import Capability
from beatra_desktop.api.types import Model as WireModel
from beatra_desktop.domain.catalog import (
    BUILT_IN_LABELS,
    CHAT_ONLY_LABELS,
    Catalog,
    Feature,
    Label,
    Model,
)
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.profiles import ConnectionPhase, Profile, ProfileKind
from beatra_desktop.services import failures

_PASSING: Final = frozenset({408, 425, 429})
"""Refusals that say nothing about whether there is such a list."""


class Finding(Struct, frozen=True, kw_only=True):
    """The result of one check; not `is_whole` when the richer lists could not be read just now."""

    phase: ConnectionPhase
    catalog: Catalog
    is_whole: bool = True
    failure: Failure | None = None

    @property
    def is_no_service(self) -> bool:
        return self.failure is not None and self.failure.code is FailureCode.NOT_A_SERVICE


async def examine(client: BeatraClient, profile: Profile) -> Finding:
    """Read the model list, which proves the address and the key at once, then the catalogue."""
    try:
        flat = await _flat_models(client, profile)
    except (AuthenticationError, PermissionDeniedError) as error:
        failure = failures.from_api(error, subject=profile.name)
        return Finding(phase=ConnectionPhase.BAD_KEY, catalog=Catalog(), failure=failure)
    except APIError as error:
        failure = failures.from_api(error, subject=profile.base_url or profile.name)
        if isinstance(error, MalformedResponseError) or _is_not_there(error):
            failure = Failure(
                code=FailureCode.NOT_A_SERVICE, subject=profile.base_url, detail=error.message
            )
        return Finding(phase=ConnectionPhase.UNREACHABLE, catalog=Catalog(), failure=failure)
    return await _read(client, profile, flat)


async def _flat_models(client: BeatraClient, profile: Profile) -> list[WireModel]:
    """The model list, or an empty one where a service of others has chat without a list."""
    try:
        return (await client.catalog.list_models()).value
    except APIStatusError as error:
        if profile.kind is not ProfileKind.CUSTOM or not _is_not_there(error):
            raise
    await client.chat.probe()
    return []


def _is_not_there(error: APIError) -> bool:
    return isinstance(error, APIStatusError) and error.status in failures.NOT_THERE


async def _read(client: BeatraClient, profile: Profile, flat: list[WireModel]) -> Finding:
    models, capabilities = await asyncio.gather(
        client.catalog.models(), client.catalog.capabilities(), return_exceptions=True
    )
    rich = [] if isinstance(models, BaseException) else models.value
    known = [] if isinstance(capabilities, BaseException) else capabilities.value
    problems = [each for each in (models, capabilities) if isinstance(each, BaseException)]
    for problem in problems:
        if not isinstance(problem, APIError):
            raise problem
    return Finding(
        phase=ConnectionPhase.READY,
        catalog=_catalog(profile, (*flat, *rich), known),
        is_whole=all(map(_says_absent, problems)),
    )


def _says_absent(problem: BaseException) -> bool:
    """Whether a service means that it has no such list; anything else may pass."""
    if isinstance(problem, APIStatusError):
        return 400 <= problem.status < 500 and problem.status not in _PASSING
    return isinstance(problem, MalformedResponseError)


def _catalog(profile: Profile, models: Sequence[WireModel], known: list[Capability]) -> Catalog:
    is_beatra = profile.kind is not ProfileKind.CUSTOM
    by_id = {model.id: model for model in models}
    return Catalog(
        models=tuple(map(_model, by_id.values())),
        labels=_labels(known) if is_beatra or known else _labels_of_others(models),
        offers_music=is_beatra or any("to_music" in capability.id for capability in known),
        offers_uploads=is_beatra or bool(known),
    )


def _model(wire: WireModel) -> Model:
    pricing, limits, modalities = wire.pricing, wire.limits, wire.modalities
    return Model(
        id=wire.id,
        name=wire.name or wire.id,
        label=_label(wire.status),
        capabilities=tuple(wire.capabilities),
        takes=tuple(modalities.input) if modalities else (),
        makes=tuple(modalities.output) if modalities else (),
        unit=pricing.unit if pricing else None,
        unit_credits=pricing.unit_credits if pricing else None,
        unit_usd_reference=pricing.unit_credits_usd_reference if pricing else None,
        clips_per_task=limits.clips_per_task if limits else None,
    )


def _labels(capabilities: list[Capability]) -> dict[Feature, Label]:
    """The built-in matrix (contract §8), corrected by what the service says of itself."""
    labels = dict(BUILT_IN_LABELS)
    said = {capability.id: _label(capability.status) for capability in capabilities}
    return labels | {feature: label for feature in Feature if (label := said.get(feature))}


def _labels_of_others(models: Sequence[WireModel]) -> dict[Feature, Label]:
    """What a service without a list of capabilities is seen to have."""
    has_list = {Feature.MODELS: Label.AVAILABLE} if models else {}
    return {**CHAT_ONLY_LABELS, **has_list}


def _label(status: str | None) -> Label | None:
    return next((label for label in Label if label == status), None)
