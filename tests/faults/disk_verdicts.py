"""What one case of the disk campaign found out, and what that says of the promises."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from beatra_desktop.storage.errors import StorageError
from beatra_desktop.ui.refusal_text import describe_storage
from tests.faults.campaign import Verdict


@dataclass(kw_only=True)
class Story:
    """`lost` was saved and is gone, `unexplained` met no sentence, `paid` left unrecorded."""

    kind: str
    lost: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    paid: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    def explain(self, error: StorageError) -> None:
        """A problem the user is told of has a sentence with the next step."""
        sentences = describe_storage(
            error.reason, error.path, detail=error.detail, found=error.found, known=error.known
        )
        if sentences.count(". ") < 2 or "Traceback" in sentences:
            self.unexplained.append(sentences)

    def verdicts(self) -> Iterator[Verdict]:
        for promise, found in (
            ("nothing saved is lost", self.lost),
            ("polite sentence", self.unexplained),
            ("P1 never pay twice", self.paid),
            ("nothing stuck", self.stuck),
        ):
            yield Verdict(promise=promise, kind=self.kind, problem="; ".join(found[:5]))
