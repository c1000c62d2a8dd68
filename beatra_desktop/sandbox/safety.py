"""What the sandbox's models refuse: invented artists and one plain trigger word.

The live service refuses real artists' names (contract §4). The sandbox's list holds only names
made up for it, so that a refusal can be tried out without naming anybody.
"""

from typing import Any, Final

from beatra_desktop.sandbox.errors import ApiError

INVENTED_ARTISTS: Final = (
    "Luna Marquez-Vale",
    "The Paper Admirals",
    "Velvet Comet",
    "DJ Halogen",
    "Orrin Blackwater",
    "Saffron Parade",
)
TRIGGER: Final = "unsafe-content"


def safety_error(request: dict[str, Any]) -> ApiError | None:
    """Return `safety_rejected` when prompt, title, tags or lyrics name one of them."""
    for field, text in _texts(request):
        for phrase in (*INVENTED_ARTISTS, TRIGGER):
            if phrase.lower() in text.lower():
                message = (
                    f"“{phrase}” may not be named in a song request. Describe the sound in your own"
                    " words instead. Your credits have been returned."
                )
                return ApiError("safety_rejected", message, param=field)
    return None


def _texts(request: dict[str, Any]) -> list[tuple[str, str]]:
    options = (request.get("model_options") or {}).get("suno") or {}
    texts = [(f"/{name}", request.get(name)) for name in ("prompt", "title", "lyrics")]
    texts.append(("/model_options/suno/negative_tags", options.get("negative_tags")))
    return [(field, text) for field, text in texts if text]
