"""The beatra HTTP API in typed calls; knows nothing of the app.

    async with BeatraClient(base_url, api_key=read_key, ssl_context=context) as client:
        answer = await client.tasks.get(task_id)      # Answer[Task]: .value .request_id .seconds
        body = encode_chat(ChatRequest(model="auto", messages=[ChatMessage("user", "Hi")]))
        async with await client.chat.open(body, idempotency_key=key) as stream:
            async for event in stream: ...            # Delta Finished UsageReported ModelResolved

    client      BeatraClient, Timeouts, create_ssl_context
    requests    ChatRequest, MusicRequest, ...; encode_chat, encode_music, encode_cancel -> bytes
    chat        Chat.open -> ChatStream
    chat_events Delta, Finished, UsageReported, ModelResolved, ChatEvent
    music       MusicRoute, Music.create -> Answer[Task]
    tasks       Tasks.get, Tasks.list, Tasks.cancel
    uploads     UploadForm, Uploads.create -> Answer[Artifact]
    artifacts   Artifacts.download -> Downloaded
    catalog     Catalog.models, Catalog.capabilities, Catalog.list_models
    retry       RetryPolicy, Wait, should_retry, with_retries
    errors      the error tree
    types       wire types, Answer

Import from the modules: nothing is imported here, so that `errors`, `retry`, `requests` and
`types` can be used without the cost of loading the HTTP library (30 ms and more at start).
"""

import sys

# httpx would load its command-line program wherever that could run: click and Pygments, 15 ms.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # the way to say: not here
