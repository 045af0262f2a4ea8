"""Kill an editor at random moments, many times, and see whether anything was lost.

`python -m tests_performance.kill [ROUNDS]`

Each round starts a child process that opens a workflow, makes random edits of every kind, undoes, redoes and saves, on
the spot and on a thread, and writes down what the document was after each. It is killed with SIGKILL at a random
moment. Then the file must be whole and one of the states it was saved in, and what is recovered must be one of the
states of the document, none older than the last edit that was made more than a second before the kill.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from casare.app.documents.document import Document
from casare.app.files.saving import Saves
from casare.app.recovery.journals import Journals
from casare.app.recovery.lost import LostWork
from casare.app.session import Session
from casare.catalog import default_catalog
from casare.model import Graph
from casare.storage import encode, generate, load, save
from tests_performance.random_edits import random_edit

MAY_BE_LOST_S: Final = 1.0
_LONGEST_S: Final = 2.6
_START_S: Final = 30.0


class Outcome(NamedTuple):
    """How one round went: edits made, how many of them a recovery gave back, and what went wrong, if anything."""

    edits: int
    recovered: int
    lost_ms: float
    """How old the oldest edit was that is lost, ms; 0 when none is."""
    wrong: str


def digest(graph: Graph) -> str:
    """Return what tells one state of a document from another."""
    return hashlib.sha256(encode(graph)).hexdigest()


def run_child(file: Path, log: Path, seed: int) -> None:
    """Edit a workflow for ever, and write each state into `log` once it is reached."""
    rng = random.Random(seed)
    session = Session()
    journals = Journals(session)
    saves = Saves()
    saves.finished.connect(lambda result: session.note_saved(result.document) if result.error is None else None)
    document = session.open(file) if file.exists() else session.new()
    with log.open("ab", buffering=0) as lines:

        def tell(what: str) -> None:
            lines.write(f"{what} {time.time():.6f} {digest(document.graph)}\n".encode())

        tell("open")
        while True:
            _act(document, session, saves, file, rng, tell)
            saves.settle()
            time.sleep(rng.choice((0.0, 0.002, 0.02)))
            assert journals is not None


def _act(document: Document, session: Session, saves: Saves, file: Path, rng: random.Random, tell: object) -> None:
    assert callable(tell)
    dice = rng.random()
    if dice < 0.03:
        tell("save")
        session.save(document, file)
    elif dice < 0.05:
        tell("save")
        saves.save(document, file)
    else:
        if dice < 0.15:
            document.undo()
        elif dice < 0.2:
            document.redo()
        else:
            document.do(random_edit(document.graph, rng))
        tell("edit")


def kill_once(folder: Path, seed: int) -> Outcome:
    """Run one round in a folder of its own."""
    rng = random.Random(seed)
    file, log, home = folder / "work 🦊.json.zst", folder / "states.log", folder / "home"
    if rng.random() < 0.8:
        save(generate(30, seed=seed), file)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests_performance.kill", "--child", str(file), str(log), str(seed)],
        env={**os.environ, "CASARE_HOME": str(home)},
    )
    try:
        deadline = time.monotonic() + _START_S
        while not (log.exists() and log.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(rng.uniform(0.0, _LONGEST_S))
    finally:
        killed_at = time.time()
        child.send_signal(signal.SIGKILL)
        child.wait()
    return _judge(file, log, home, killed_at)


def _judge(file: Path, log: Path, home: Path, killed_at: float) -> Outcome:
    rows = [line.split() for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")]
    states = [(what, float(at), state) for what, at, state in rows]
    edits = [(at, state) for what, at, state in states if what != "save"]
    saved = {state for what, _, state in states if what in ("save", "open")}
    catalog = default_catalog()
    on_disk = digest(load(file, catalog).graph) if file.exists() else None
    if on_disk is not None and on_disk not in saved:
        return Outcome(len(edits), 0, 0.0, "the file holds a state nobody saved")
    work = LostWork(catalog, home / "data" / "journals")
    try:
        found = work.find()
        if len(found) > 1:
            return Outcome(len(edits), 0, 0.0, f"{len(found)} journals of one document")
        state = digest(found[0].recover()) if found else on_disk
    finally:
        work.close()
    if state is None:
        state = edits[0][1]
    return _compare(edits, state, killed_at)


def _compare(edits: list[tuple[float, str]], state: str, killed_at: float) -> Outcome:
    last = max((at for at, (_, one) in enumerate(edits) if one == state), default=None)
    if last is None:
        # Carried out and synced, and killed before the log was written: newer than all that is known.
        newest = edits[-1][0] if edits else 0.0
        fresh = killed_at - newest < MAY_BE_LOST_S
        return Outcome(len(edits), len(edits), 0.0, "" if fresh else "the recovered state was never reached")
    lost = edits[last + 1 :]
    lost_ms = (killed_at - lost[0][0]) * 1000 if lost else 0.0
    wrong = f"an edit of {lost_ms:,.0f} ms before the kill is lost" if lost_ms > MAY_BE_LOST_S * 1000 else ""
    return Outcome(len(edits), last + 1, lost_ms, wrong)


def rounds(count: int, *, seed: int = 0, at_once: int = 1) -> Iterator[Outcome]:
    """Yield the outcome of each of so many rounds."""

    def one(number: int) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            return kill_once(Path(folder), seed + number)

    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(one, range(count))


def main(count: int) -> int:
    """Run the rounds, say how they went, and return the exit code."""
    outcomes = []
    for number, outcome in enumerate(rounds(count, at_once=2)):
        outcomes.append(outcome)
        if outcome.wrong:
            print(f"round {number}: {outcome.wrong} ({outcome.recovered} of {outcome.edits} states)")
    wrong = sum(bool(outcome.wrong) for outcome in outcomes)
    ages = sorted(outcome.lost_ms for outcome in outcomes)
    print(f"{count - wrong} of {count} rounds without loss; {sum(one.edits for one in outcomes):,} edits.")
    print(f"Oldest edit not recovered: median {ages[len(ages) // 2]:.0f} ms, most {ages[-1]:.0f} ms before the kill.")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_child(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
