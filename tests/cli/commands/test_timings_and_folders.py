"""`validate --timings` and `preview FOLDER`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.cli.outputs import FolderOutput, ValidateOutput
from casare.foundation.resources import samples
from casare.storage import generate, save

Casare = Callable[..., Any]
STAGES = ["read", "decompress", "parse", "validate", "migrate", "build", "fingerprint", "check"]


@pytest.mark.parametrize("suffix", [".json", ".json.gz", ".json.zst"])
def test_each_stage_of_a_load_is_timed_in_its_order(
    casare: Casare, suffix: str, tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / f"w{suffix}"
    save(generate(300, 1), path, catalog=catalog)
    answer = casare("validate", path, "--timings", "--json")
    told = answer.json()
    assert (answer.code, answer.err) == (0, "")
    assert list(told["timings"]) == STAGES
    assert all(ms >= 0 for ms in told["timings"].values())
    assert told["timings"]["parse"] > 0
    assert ValidateOutput.model_validate(told).timings == told["timings"]


def test_a_person_gets_the_stages_as_a_table_with_their_sum(casare: Casare, orders: Path) -> None:
    lines = [line.split() for line in casare("validate", orders, "--timings").out.splitlines()]
    rows = {line[0]: float(line[1]) for line in lines if len(line) == 2 and line[0] in (*STAGES, "total")}
    assert list(rows) == [*STAGES, "total"]
    # Each of the nine is rounded to a hundredth.
    assert rows.pop("total") == pytest.approx(sum(rows.values()), abs=0.05)


def test_without_being_asked_nothing_is_said_about_time(casare: Casare, orders: Path) -> None:
    assert casare("validate", orders, "--json").json()["timings"] is None
    assert "decompress" not in casare("validate", orders).out


@pytest.fixture
def folder(tmp_path: Path, catalog: Catalog) -> Path:
    """Return a folder with two samples, one more workflow further down, and a file that is none."""
    made = tmp_path / "flows"
    (made / "deeper").mkdir(parents=True)
    for name in ("orders-daily", "text-report"):
        shutil.copy(samples() / f"{name}.json", made)
    save(generate(12, 1), made / "deeper" / "made-up.json.zst", grade="B", catalog=catalog)
    (made / "package.json").write_text('{"name": "x"}')
    return made


def test_a_folder_is_listed_with_what_each_workflow_holds(casare: Casare, folder: Path) -> None:
    answer = casare("preview", folder, "--json")
    assert (answer.code, answer.err) == (0, "")
    told = answer.json()
    assert json.loads(FolderOutput.model_validate(told).model_dump_json()) == told
    paths = [str(folder / "orders-daily.json"), str(folder / "text-report.json")]
    assert [one["path"] for one in told["workflows"]] == [*paths, str(folder / "deeper" / "made-up.json.zst")]
    last = told["workflows"][-1]
    assert (last["node_count"], last["grade"], last["source"]) == (12, "B", "skeleton")
    assert (told["skipped"], told["truncated"]) == (1, False)
    again = casare("preview", folder, "--json").json()
    assert {one["source"] for one in again["workflows"]} == {"cache", "skeleton"}


def test_a_search_lists_the_best_hit_first_and_nothing_that_does_not_fit(casare: Casare, folder: Path) -> None:
    told = casare("preview", folder, "--search", "orders", "--json").json()
    assert [Path(one["path"]).name for one in told["workflows"]] == ["orders-daily.json"]
    assert casare("preview", folder, "--search", "xylophone", "--json").json()["workflows"] == []


def test_a_person_gets_a_table_and_how_many_there_are(casare: Casare, folder: Path) -> None:
    def told(*words: str | Path) -> str:
        # Without the line breaks, which depend on how long the folder's name is.
        return " ".join(casare("preview", *words).out.split())

    out = told(folder)
    assert all(name in out for name in ("orders-daily.json", "text-report.json", "made-up.json.zst"))
    assert "3 workflows, 1 other file passed over" in out
    assert "1 of 3 workflows" in told(folder, "--search", "orders")
    empty = folder / "empty"
    empty.mkdir()
    assert "0 workflows" in told(empty)


def test_a_search_in_one_file_is_a_mistake_that_is_told(
    casare: Casare, orders: Path, told: Callable[[Any], None]
) -> None:
    told(casare("preview", orders, "--search", "x"))
