"""What Streamlit's server answers beside pages is closed."""

from __future__ import annotations

import pytest
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

from app_pages._serving import ANSWERED, WhatPagesUse, is_answered
from tests.loops import run_apart

KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


def message(kind: str) -> bytes:
    made = BackMsg()
    if BackMsg.DESCRIPTOR.fields_by_name[kind].message_type is None:
        setattr(made, kind, True)
    else:
        getattr(made, kind).SetInParent()
    return bytes(made.SerializeToString())


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_may_ask_for_what_pages_need_and_no_more(kind: str) -> None:
    assert is_answered(message(kind)) == (kind in ANSWERED)


def test_nobody_empties_the_caches_of_all_or_looks_through_the_servers_folder() -> None:
    assert {"clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"} <= set(KINDS) - ANSWERED


def test_of_operations_a_file_for_download_alone() -> None:
    asked = BackMsg()
    asked.backend_operation_request.install_skills.SetInParent()
    assert not is_answered(asked.SerializeToString())
    asked.backend_operation_request.deferred_file.file_id = "x"
    assert is_answered(asked.SerializeToString())
    # Of several kinds in one message the last counts, as it does for the library.
    assert not is_answered(message("rerun_script") + message("clear_cache"))
    assert is_answered(message("clear_cache") + message("rerun_script"))


@pytest.mark.parametrize("sent", [b"", b"\xff", b"\x00" * 40, "한국어".encode()])
def test_what_cannot_be_read_is_left_to_the_library(sent: bytes) -> None:
    assert is_answered(sent)


def test_what_is_dropped_is_not_heard_and_what_comes_after_it_is() -> None:
    heard: list[Message] = []
    waiting: list[Message] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": message("clear_cache")},
        {"type": "websocket.receive", "bytes": message("rerun_script")},
        {"type": "websocket.receive", "text": "a word"},
        {"type": "websocket.disconnect"},
    ]

    async def receive() -> Message:
        return waiting.pop(0)

    async def inner(_scope: object, receive: object, _send: object) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())  # type: ignore[operator]

    async def send(_message: Message) -> None:
        """Nobody listens."""

    run_apart(WhatPagesUse(inner)({"type": "websocket", "path": "/_stcore/stream"}, receive, send))
    assert len(heard) == 4
    assert message("clear_cache") not in [one.get("bytes") for one in heard]
