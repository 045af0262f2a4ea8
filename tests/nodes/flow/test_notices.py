from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from loopback_http import WebServer

from casare.nodes.flow.notices import assert_system, webhook_notify
from casare.sdk import Context, NodeError


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("generic", {"message": "bad", "details": {"row": 7}, "node": "node_1"}),
        ("slack", {"text": "bad\nrow: 7"}),
        ("teams", {"text": "bad\nrow: 7"}),
        ("discord", {"content": "bad\nrow: 7"}),
    ],
)
def test_a_webhook_gets_the_message_as_it_wants_it(run: Context, web: WebServer, kind: Any, body: Any) -> None:
    done = asyncio.run(webhook_notify(run, f"{web.url}/echo", "bad", {"row": 7}, format=kind))
    assert done.success
    assert json.loads(json.loads(done.response)["body"]) == body


def test_a_webhook_that_is_gone_fails_the_node_without_telling_its_address(run: Context, web: WebServer) -> None:
    with pytest.raises(NodeError, match="the webhook answered 404 Not Found") as failed:
        asyncio.run(webhook_notify(run, f"{web.url}/hidden-key", "bad"))
    assert "hidden-key" not in str(failed.value)
    with pytest.raises(NodeError, match="no connection to the webhook") as failed:
        asyncio.run(webhook_notify(run, "http://127.0.0.1:1/hidden-key", "bad"))
    assert "hidden-key" not in str(failed.value)


def test_a_condition_that_holds_passes_and_another_stops_the_run() -> None:
    assert assert_system("yes") == (True, "")
    assert assert_system(3, 3) == (True, "")
    assert assert_system(False, assert_message="no rows", fail_on_false=False) == (False, "no rows")
    with pytest.raises(NodeError, match="expected 4, got 3"):
        assert_system(3, 4)
    with pytest.raises(NodeError, match="does not hold"):
        assert_system(0)
