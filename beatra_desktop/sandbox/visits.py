"""What the sandbox knows about the request at hand, carried in the ASGI scope."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.types import Scope

from beatra_desktop.sandbox.faults import Fault

SCOPE_KEY: Final = "beatra.visit"


@dataclass(slots=True)
class Visit:
    """One request; `outcome` is how it ended on the wire, as the journal tells it.

    `settle` writes the end to the journal.
    """

    request_id: str
    settle: Callable[[], None] = lambda: None
    replayed: bool = False
    fault: Fault | None = None
    outcome: str = "in_progress"
    details: dict[str, str] = field(default_factory=dict)

    def end(self, outcome: str) -> None:
        """Note how it ended; to be called before the client can see that it did."""
        self.outcome = outcome
        self.settle()


def visit_of(request: Request) -> Visit:
    return scope_visit(request.scope)


def scope_visit(scope: Scope) -> Visit:
    visit: Visit = scope[SCOPE_KEY]
    return visit
