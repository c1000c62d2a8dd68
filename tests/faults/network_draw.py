"""Draws the faults of a case: each kind in turn, at an endpoint it can strike."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.faults.network_jobs import Ask, Cancel, Cover, Job, Reconcile, Send, Sing
from tests.faults.network_other_jobs import Connect, Look, Together
from tests.faults.proxy import Endpoint
from tests.faults.proxy_plan import FORGETFUL, FROM_THE_START, OF_THE_LINE, Fault, Kind

PLACES: Final[tuple[tuple[type[Job], Endpoint], ...]] = (
    *[(Ask, Endpoint.CHAT)] * 9,
    *[(Send, Endpoint.UPLOAD)] * 3,
    *[(Sing, Endpoint.SONG)] * 3,
    *[(Sing, Endpoint.TASK)] * 2,
    *[(Sing, Endpoint.CLIP)] * 4,
    (Cover, Endpoint.COVER),
    *[(Cancel, Endpoint.CANCEL)] * 2,
    *[(Reconcile, Endpoint.TASKS)] * 2,
    (Reconcile, Endpoint.TASK),
    *[(Connect, Endpoint.MODELS)] * 2,
    (Connect, Endpoint.CATALOG),
    (Connect, Endpoint.CAPABILITIES),
    (Look, Endpoint.ARTIFACT),
    *((Together, endpoint) for endpoint in Together.endpoints),
)
STARTS: Final = (Endpoint.CHAT, Endpoint.UPLOAD, Endpoint.SONG, Endpoint.MODELS, Endpoint.ARTIFACT)
"""What a job asks for first: there the line can be broken from the start."""
_TIMES: Final = (1, 1, 1, 2, 3, 4, 7)
SECOND: Final = 0.45
HERE: Final = 0.25


@dataclass(frozen=True, kw_only=True)
class Drawn:
    job: type[Job]
    faults: tuple[Fault, ...]
    skew: float = 0.0
    is_far: bool = True

    @property
    def kind(self) -> str:
        return f"{self.faults[0].kind} | {self.faults[0].at}"


def draw(random: Random, number: int) -> Drawn:
    kinds = tuple(Kind)
    kind = kinds[number % len(kinds)]
    job, endpoint = random.choice([place for place in PLACES if _fits(kind, *place)])
    first = _fault(random, kind, endpoint)
    faults = (first, *_second(random, job, first))
    is_here = random.random() < HERE and not any(fault.kind in OF_THE_LINE for fault in faults)
    return Drawn(job=job, faults=faults, skew=_skew(random, job), is_far=not is_here)


def _second(random: Random, job: type[Job], first: Fault) -> tuple[Fault, ...]:
    if random.random() > SECOND:
        return ()
    at = random.choice(job.endpoints)
    if first.kind in OF_THE_LINE and random.random() < HERE:
        at = Endpoint.HEALTH
    kind = random.choice([each for each in Kind if _fits(each, job, at)])
    return (_fault(random, kind, at),) if _goes_with(first, kind, at) else ()


def _skew(random: Random, job: type[Job]) -> float:
    """How wrong the app's clock is while a song's request gets lost."""
    return random.choice((0.0, 86400.0, -86400.0)) if job is Reconcile else 0.0


def _fault(random: Random, kind: Kind, at: Endpoint) -> Fault:
    nth, times = _nth(random, at), random.choice(_TIMES)
    if kind in FORGETFUL:  # what was answered before would be done again, and nobody could know
        nth = 1
    if kind in (*FORGETFUL, Kind.RESTART):
        times = 1
    return Fault(
        kind=kind,
        at=at,
        nth=FROM_THE_START if kind in OF_THE_LINE and at in STARTS else nth,
        times=times,
        share=round(random.uniform(0.02, 0.98), 3),
        after=random.random() < 0.5,
    )


def _nth(random: Random, at: Endpoint) -> int:
    return random.choice((1, 1, 2, 3)) if at is Endpoint.TASK else random.choice((1, 1, 1, 2))


def _goes_with(first: Fault, second: Kind, at: Endpoint) -> bool:
    is_forgetful = first.kind in FORGETFUL or second in FORGETFUL
    return at is not first.at or not is_forgetful


def _fits(kind: Kind, job: type[Job], at: Endpoint) -> bool:
    return _may_strike(kind, at) and not (kind in FORGETFUL and job is Reconcile)


def _may_strike(kind: Kind, at: Endpoint) -> bool:
    if kind is Kind.REDIRECT:
        return at in (Endpoint.CLIP, Endpoint.ARTIFACT)
    if kind is Kind.RESET_IN_REQUEST:
        return at in (Endpoint.CHAT, Endpoint.UPLOAD, Endpoint.SONG, Endpoint.COVER)
    return True
