"""What to measure, and how long."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Options:
    """No `benches` means all; no `rates` or no `lengths` means a few telling pairs of them."""

    benches: tuple[str, ...] = ()
    rates: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    seconds: float = 2.5
    rounds: int = 3
    peers: bool = True


def parse(arguments: Sequence[str], names: Sequence[str]) -> Options:
    """Rates are tokens a second, lengths the tokens that are there when measuring begins."""
    parser = argparse.ArgumentParser(prog="./run.py bench", description=__doc__)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"of {', '.join(names)}")
    parser.add_argument("--rates", type=_numbers, default=(), help="such as 50,200,1000")
    parser.add_argument("--lengths", type=_numbers, default=(), help="such as 500,2000,8000,32000")
    parser.add_argument("--seconds", type=float, default=Options.seconds, help="of each run")
    parser.add_argument("--rounds", type=int, default=Options.rounds, help="medians of so many")
    parser.add_argument("--no-peers", action="store_true", help="leave the naive ways out")
    found = parser.parse_args(arguments)
    if unknown := set(found.benches) - set(names):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if bool(found.rates) != bool(found.lengths):
        parser.error("--rates and --lengths go together")
    return Options(
        benches=tuple(found.benches),
        rates=found.rates,
        lengths=found.lengths,
        seconds=found.seconds,
        rounds=found.rounds,
        peers=not found.no_peers,
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))
