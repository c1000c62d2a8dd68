"""The network campaign: every endpoint and every step under every fault of a network.

One or two faults meet a job, then the network is good again and the job must come to the end the
user wanted, with no more than their pressing "Try again". Then `network_oracle` compares.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any, Final

from beatra_desktop.api.client import Timeouts
from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.credentials import ApiKey, MemoryCredentials
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services.polling import PollSchedule
from tests.faults.campaign import Campaign, Case, Verdict
from tests.faults.network_draw import Drawn, draw
from tests.faults.network_jobs import Job
from tests.faults.network_oracle import ATTEMPTS, ORACLE, Evidence
from tests.faults.network_world import World, world
from tests.faults.proxy_plan import FORGETFUL, Kind
from tests.running import GLANCE_SECONDS, Bench, open_bench

PROFILE: Final = ProfileId("network")
FAULTY_SECONDS: Final = 1.5
"""After that the network is good again, whatever has not struck by then."""
PATIENCE_SECONDS: Final = 60.0
"""A sandbox that was started again may take long to make its first song."""
MOST_PRESSES: Final = 12
PRESS_SECONDS: Final = 0.1
QUICK: Final = {
    "timeouts": Timeouts(
        connect=1.0, write=1.0, read=0.4, stream_idle=0.4, upload_answer=0.5, pool=1.0
    ),
    "schedule": PollSchedule(first=0.02, cap=0.08, patient=0.2),
    "probes": PollSchedule(first=0.03, cap=0.1),
    "retries": RetryPolicy(base_seconds=0.02, cap_seconds=0.06),
    "recheck_seconds": 0.1,
}
TICK_SECONDS: Final = 0.1


def run(case: Case) -> Iterator[Verdict]:
    drawn = draw(case.random, case.number)
    evidence = asyncio.run(_evidence(case, drawn))
    story = "; ".join(
        [drawn.job.__name__, "far" if drawn.is_far else "here", *map(str, drawn.faults)]
    )
    for promise, look in ORACLE:
        found = list(look(evidence))
        problem = f"{' / '.join(found)} [{story}]" if found else ""
        yield Verdict(promise=promise, kind=drawn.kind, problem=problem)


async def _evidence(case: Case, drawn: Drawn) -> Evidence:
    async with world(is_far=drawn.is_far) as outside:
        evidence = Evidence(
            seen=outside.proxy.seen,
            sandbox_files=outside.sandbox.data / "files",
            folder=case.folder,
        )
        with _listening(evidence):
            try:
                async with _bench(case, outside) as bench:
                    await _play(drawn, bench, outside, evidence)
            except (AssertionError, BaseExceptionGroup) as error:
                evidence.troubles += map(repr, getattr(error, "exceptions", [error]))
        evidence.is_aged = outside.is_aged
        evidence.is_forgotten = any(fault.kind in FORGETFUL for fault in outside.plan.struck)
        evidence.journal = (await outside.sandbox.admin("GET", "journal"))["entries"]
        evidence.tasks = (await outside.sandbox.admin("GET", "state"))["tasks"]
    await asyncio.to_thread(evidence.read)
    return evidence


@asynccontextmanager
async def _bench(case: Case, outside: World) -> AsyncIterator[Bench]:
    """The services, with the sandbox for the service they are made for."""
    credentials = MemoryCredentials()
    await credentials.put(PROFILE, ApiKey(outside.sandbox.api_key))
    profile = Profile(
        id=PROFILE, name="Service", kind=ProfileKind.BEATRA, base_url=f"{outside.proxy.origin}/v1"
    )
    opened = partial(open_bench, profile=profile, credentials=credentials, command=["/nowhere"])
    more: dict[str, Any] = {**QUICK, "clock": outside.clock.seconds}
    async with opened(case.folder, **more) as bench:
        bench.services.settings.change(retry_attempts=ATTEMPTS)
        bench.services.traffic.watch_clock(TICK_SECONDS)
        await outside.sandbox.admin("POST", "settings", {"clip_seconds": 6})
        yield bench


async def _play(drawn: Drawn, bench: Bench, outside: World, evidence: Evidence) -> None:
    """Let the job meet its faults, and be the user it needs."""
    job = drawn.job(bench, outside, evidence.folder)
    job.skew = drawn.skew
    await job.prepare()
    outside.plan.arm(*drawn.faults)
    if outside.plan.line is not None:
        outside.proxy.drop_all()
    await job.begin()
    began = asyncio.get_running_loop().time()
    presses, pressed = 0, 0.0
    while not job.is_done():
        _note_failures(job, bench, evidence)
        age = asyncio.get_running_loop().time() - began
        if age > PATIENCE_SECONDS or presses > MOST_PRESSES:
            evidence.stuck = f"{presses} presses, {age:.0f} s: {job.state}"
            return
        is_patient = began + age < pressed + PRESS_SECONDS or not outside.sandbox.is_up
        if job.is_at_rest() and not is_patient:
            presses, pressed = presses + 1, began + age
            if presses > 1:
                outside.plan.lift()
            job.press()
        if outside.plan.is_spent or age > FAULTY_SECONDS:
            outside.plan.lift()
        await asyncio.sleep(GLANCE_SECONDS)
    outside.plan.lift()
    _note_failures(job, bench, evidence)


def _note_failures(job: Job, bench: Bench, evidence: Evidence) -> None:
    evidence.failures |= {(failure, job.kept) for failure in job.failures() if failure}
    told = (notice.failure for notice in bench.services.notices.notices)
    evidence.failures |= {(failure, job.kept) for failure in told if failure}


@contextmanager
def _listening(evidence: Evidence) -> Iterator[None]:
    """What the program complains of to its log is a trouble."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else None
            evidence.troubles.append(f"{record.name}: {record.getMessage()} {error!r}")

    ear = Ear(logging.WARNING)
    logging.getLogger().addHandler(ear)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(ear)


CAMPAIGN: Final = Campaign(name="network", run=run, large=2100, small=len(Kind))
