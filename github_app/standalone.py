"""The route for GitHub alone, without the dashboard and without Streamlit: for a machine that GitHub reaches.

People do not reach the dashboard through it, whatever they ask for.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from github_app.door import Webhooks
from mldebt.jobs.beside import Beside

AT_ONCE = 500
"""Connections; more are told to come back."""


def webhooks_app(webhooks: Webhooks, begin: Callable[[], None], end: Callable[[], None]) -> Starlette:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None, None]:
        await run_in_threadpool(webhooks.begin, os.environ)
        begin()
        yield
        await run_in_threadpool(webhooks.end)
        await run_in_threadpool(end)

    async def healthz(_request: Request) -> JSONResponse:
        is_well = await run_in_threadpool(webhooks.is_well)
        return JSONResponse({"status": "ok" if is_well else "the store does not answer"}, 200 if is_well else 503)

    return Starlette(routes=[webhooks.route, Route("/healthz", healthz)], lifespan=lifespan)


def serve_webhooks(host: str, port: int, jobs: Beside) -> None:
    """Serve until interrupted, and run jobs beside."""
    import uvicorn

    app = webhooks_app(Webhooks(), partial(jobs.begin, "github_app.jobs"), jobs.end)
    try:
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=AT_ONCE,
        )
    finally:
        jobs.end()
