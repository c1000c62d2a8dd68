"""Files by signed link, without a key, in ranges (contract §4, §10 U12)."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from beatra_desktop.sandbox.artifacts import Artifact
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.visits import visit_of
from beatra_desktop.sandbox.world import World


class MediaEndpoint:
    """Answers 200, 206 or 416; 404 for a wrong link and 410 for an old one."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, request: Request) -> Response:
        artifact = self._find(request.path_params["file_name"])
        self._check_link(request, artifact)
        path = self._world.artifacts.path(artifact)
        return FileResponse(
            path,
            media_type=artifact.mime_type,
            filename=artifact.filename,
            stat_result=path.stat(),
            content_disposition_type="inline",
        )

    def _find(self, file_name: str) -> Artifact:
        artifact = self._world.artifacts.get(file_name.partition(".")[0])
        if artifact is None or artifact.file_name != file_name:
            raise ApiError("artifact_not_found")
        kept_until = artifact.created_at + self._world.settings.retention_seconds
        if kept_until <= self._world.clock.now():
            raise ApiError("artifact_not_found", "This file is no longer kept.", status=410)
        return artifact

    def _check_link(self, request: Request, artifact: Artifact) -> None:
        fault = visit_of(request).fault
        expired = fault is not None and fault.action.expired
        works = self._world.artifacts.link_works(
            artifact.file_name,
            expires=request.query_params.get("expires", ""),
            signature=request.query_params.get("signature", ""),
        )
        if expired or not works:
            message = "This link has expired. Read the task again for a fresh one."
            raise ApiError("artifact_not_found", message, status=410)
