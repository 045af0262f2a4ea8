"""Triggers of real files, hosted and set off: by the clock, by files, over HTTP on this computer, by failures."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from casare.app.serving import Serving
from casare.catalog import Catalog
from casare.engine.keeping.records import RunBook
from casare.foundation.errors import CasareError, FileError, UsageError

Tells = Callable[..., Any]
TOKEN = {"Authorization": "Bearer let-me-in"}


def client() -> httpx.AsyncClient:
    return httpx.AsyncClient(trust_env=False, timeout=20)


def test_a_schedule_begins_runs_until_there_were_enough(write: Tells, serve: Tells, tmp_path: Path) -> None:
    path = write(
        "ticks",
        ("ScheduleTriggerNode", {"frequency": "interval", "interval_seconds": 0.01}),
        ("AppendFileNode", {"file_path": "ticks.txt", "content": "{{trigger.run_number}}\n"}),
    )

    async def wait(hosted: Any) -> None:
        await hosted.until(lambda: len(hosted.of("ended")) >= 3)

    hosted = serve([path], wait, most_runs=3)
    assert [one.status for one in hosted.of("ended")] == ["completed"] * len(hosted.of("ended"))
    assert (tmp_path / "ticks.txt").read_text().split()[:3] == ["1", "2", "3"]


def test_a_request_begins_a_run_with_what_was_sent(write: Tells, serve: Tells, tmp_path: Path) -> None:
    path = write(
        "orders",
        ("WebhookTriggerNode", {"path": "orders"}),
        ("WriteFileNode", {"file_path": "out.txt", "content": "{{trigger.payload.total}} {{query_params.from}}"}),
    )

    async def call(hosted: Any) -> None:
        async with client() as web:
            url = f"{hosted.serving.url}/orders"
            assert (await web.post(url, json={"total": 7})).status_code == 401
            assert (await web.post(url, json={}, headers={"Authorization": "Bearer other"})).status_code == 401
            assert (await web.get(url, headers=TOKEN)).status_code == 405
            assert (await web.post(f"{url}/more", headers=TOKEN)).status_code == 404
            broken = await web.post(url, content="{", headers={**TOKEN, "Content-Type": "application/json"})
            assert broken.status_code == 400
            taken = await web.post(f"{url}?token=let-me-in&from=shop", json={"total": 7})
            assert (taken.status_code, taken.json()) == (202, {"accepted": True})
        await hosted.until(lambda: hosted.of("ended"))

    hosted = serve([path], call)
    assert (tmp_path / "out.txt").read_text() == "7 shop"
    assert "let-me-in" not in json.dumps(hosted.news), "the token is told to nobody"
    runs = RunBook(tmp_path / "runs.sqlite").runs()
    assert [one.status for one in runs] == ["completed"]


def test_a_caller_can_wait_for_what_the_workflow_hands_out(write: Tells, serve: Tells) -> None:
    path = write(
        "sums",
        ("WebhookTriggerNode", {"respond": "when done"}),
        ("MathOperationNode", {"operation": "divide", "a": 10, "b": "{{payload.by}}"}),
        ("SubflowOutputNode", {"port_name": "result", "value": "{{node_1.result}}"}),
    )

    async def call(hosted: Any) -> None:
        async with client() as web:
            good = await web.post(f"{hosted.serving.url}/trigger", json={"by": 4}, headers=TOKEN)
            bad = await web.post(f"{hosted.serving.url}/trigger", json={"by": 0}, headers=TOKEN)
        assert (good.status_code, good.json()["results"]) == (200, {"result": 2.5})
        assert (bad.status_code, bad.json()["status"]) == (500, "failed")

    serve([path], call)


def test_a_signed_request_needs_no_token_and_a_forged_one_is_refused(write: Tells, serve: Tells) -> None:
    path = write("hook", ("WebhookTriggerNode", {"secret": "{{$secret:hook}}", "validate_signature": True}))

    async def call(hosted: Any) -> None:
        body = b'{"a": 1}'
        signed = hmac.new(b"s3cret-key", body, hashlib.sha256).hexdigest()
        async with client() as web:
            for signature, status in ((signed, 202), (signed[::-1], 401)):
                headers = {"X-Hub-Signature-256": f"sha256={signature}"}
                answer = await web.post(f"{hosted.serving.url}/trigger", content=body, headers=headers)
                assert answer.status_code == status
            assert (await web.post(f"{hosted.serving.url}/trigger", content=body, headers=TOKEN)).status_code == 401

    serve([path], call, secrets={"hook": "s3cret-key"})


def test_a_form_is_shown_and_what_is_sent_begins_a_run(write: Tells, serve: Tells, tmp_path: Path) -> None:
    path = write(
        "form",
        ("FormTriggerNode", {"title": "Order <1>", "fields": ["name", "amount"], "path": "/form"}),
        ("WriteFileNode", {"file_path": "out.txt", "content": "{{form_data.name}}: {{form_data.amount}}"}),
    )

    async def call(hosted: Any) -> None:
        async with client() as web:
            url = f"{hosted.serving.url}/form"
            assert (await web.get(url)).status_code == 401
            page = await web.get(url, params={"token": "let-me-in"})
            assert "<input name='amount'>" in page.text
            assert "Order &lt;1&gt;" in page.text
            sent = await web.post(f"{url}?token=let-me-in", data={"name": "Ann", "amount": "3", "more": "x"})
            assert "Thank you" in sent.text
        await hosted.until(lambda: hosted.of("ended"))

    serve([path], call)
    assert (tmp_path / "out.txt").read_text() == "Ann: 3"


def test_a_file_that_appears_begins_a_run_with_its_name(write: Tells, serve: Tells, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    path = write(
        "inbox",
        ("FileWatchTriggerNode", {"watch_path": "inbox", "patterns": ["*.csv"], "debounce_ms": 10}),
        ("AppendFileNode", {"file_path": "seen.txt", "content": "{{trigger.file_name}}\n"}),
    )

    async def drop(hosted: Any) -> None:
        number = 0
        # The system needs a moment to listen, and nobody tells when it does.
        while not hosted.of("ended"):
            number += 1
            (tmp_path / "inbox" / f"{number}.txt").write_text("x")
            (tmp_path / "inbox" / f"{number}.csv").write_text("x")
            await asyncio.sleep(0.05)

    serve([path], drop)
    seen = (tmp_path / "seen.txt").read_text().split()
    assert seen
    assert all(name.endswith(".csv") for name in seen)


def test_only_what_the_trigger_leads_to_runs(write: Tells, serve: Tells, tmp_path: Path) -> None:
    path = write("two", ("StartupTriggerNode", {}), ("WriteFileNode", {"file_path": "a.txt", "content": "x"}))
    raw = json.loads(path.read_text())
    for one, kind, config in (
        ("start", "StartNode", {}),
        ("never", "WriteFileNode", {"file_path": "b.txt", "content": "x"}),
    ):
        raw["nodes"][one] = {"node_id": one, "node_type": kind, "config": config, "position": [0, 300]}
    raw["connections"].append(
        {"source_node": "start", "source_port": "exec_out", "target_node": "never", "target_port": "exec_in"}
    )
    path.write_text(json.dumps(raw))

    async def wait(hosted: Any) -> None:
        await hosted.until(lambda: hosted.of("ended"))

    serve([path], wait)
    assert (tmp_path / "a.txt").exists()
    assert not (tmp_path / "b.txt").exists()


def test_a_failed_run_begins_the_workflow_that_waits_for_failures(write: Tells, serve: Tells, tmp_path: Path) -> None:
    failing = write("failing", ("StartupTriggerNode", {}), ("ThrowErrorNode", {"error_message": "no customer"}))
    alarm = write(
        "alarm",
        ("ErrorTriggerNode", {"contains": "customer"}),
        ("WriteFileNode", {"file_path": "alarm.txt", "content": "{{workflow}}/{{error_node}}: {{error_message}}"}),
        ("ThrowErrorNode", {"error_message": "the alarm fails, too: customer"}),
    )

    async def wait(hosted: Any) -> None:
        await hosted.until(lambda: len(hosted.of("ended")) == 2)

    hosted = serve([alarm, failing], wait)
    assert (tmp_path / "alarm.txt").read_text() == "failing/node_1: no customer"
    assert len(hosted.of("began")) == 2, "the alarm does not set itself off"


def test_stopping_cancels_what_outlasts_the_grace(write: Tells, serve: Tells) -> None:
    path = write("long", ("StartupTriggerNode", {}), ("WaitNode", {"duration": 600}))

    async def wait(hosted: Any) -> None:
        await hosted.until(lambda: hosted.of("began"))

    hosted = serve([path], wait, grace=0.01)
    assert [one.status for one in hosted.of("ended")] == ["cancelled"]


def test_secrets_stay_out_of_what_is_told(write: Tells, serve: Tells) -> None:
    path = write(
        "secret",
        ("StartupTriggerNode", {}),
        ("LogNode", {"message": "the key is {{$secret:key}}"}),
        ("ThrowErrorNode", {"error_message": "failed with {{$secret:key}}"}),
    )

    async def wait(hosted: Any) -> None:
        await hosted.until(lambda: hosted.of("ended"))

    hosted = serve([path], wait, secrets={"key": "t0p-s3cret"})
    assert any("the key is •••" in one.message for one in hosted.of("log"))
    assert "t0p-s3cret" not in json.dumps(hosted.news)


def test_what_cannot_be_served_says_why(write: Tells, serve: Tells, catalog: Catalog, tmp_path: Path) -> None:
    plain = write("plain", ("StartNode", {}))
    with pytest.raises(UsageError, match="no trigger"):
        Serving([plain], catalog)
    with pytest.raises(FileError):
        Serving([tmp_path / "none.json"], catalog)

    async def nothing(hosted: Any) -> None:
        await asyncio.sleep(5)

    gone = write("gone", ("FileWatchTriggerNode", {"watch_path": "nowhere"}))
    with pytest.raises(CasareError, match="no folder at"):
        serve([gone], nothing)
    wrong = write("wrong", ("ScheduleTriggerNode", {"frequency": "cron", "cron_expression": "61 * * * *"}))
    with pytest.raises(CasareError, match="no cron line"):
        serve([wrong], nothing)
    lacking = write("lacking", ("WebhookTriggerNode", {"secret": "{{$secret:none}}"}))
    with pytest.raises(CasareError, match="no secret called"):
        serve([lacking], nothing)
