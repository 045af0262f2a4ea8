"""Running workflows: compile a graph into a plan, decide what comes next, carry it out, write down what happened.

In this order: `planning` turns graph and catalog into a `Plan` (numbers and tuples, no code); `deciding` holds the pure
state of a run, the `Machine`, which takes facts and gives instructions without clock, loop or node body; `steps` binds
nodes to their bodies; `performing` carries the instructions out, on this thread, on others, on an event loop or in
processes; `keeping` writes down what happened. `Run` is what others start.

*Watching a run.* `RunOptions.observer` is given facts (`casare.events`) in batches, every 16 ms at most;
`RunOptions.sink` the rows they are made from (`ledger.Row`): what a node gave stands in the row, so every turn of a
fast loop can be seen. Rows of other types are facts, or a `ledger.Detail`, which only records need.

*Reading past runs.* A `Recorder` is the sink that keeps what is to be written down, a `RunBook` the file it goes to:

- `book.runs(limit, offset=, path=)`, `book.last_run(path)`, `book.run(run_id)` -> `RecordedRun`, newest first;
- `book.nodes(run_id, node_id, chain=, limit=, offset=)` -> `RecordedNode`: one for each run of each node, in the order
  they ended. `turns` is the iteration, `chain` leads into nested workflows. Of one node: its iterations, page by page;
- `book.values(run_id, node_id, turns, chain=)` -> `RecordedValues(inputs, outputs)`, plain JSON by port, cut to a first
  page (8 kB), secrets masked; without `turns` those of the last run of the node of which any are kept. Of the first 20
  runs of a node all values are kept, later ever fewer, and 8 MB in all for a run;
- `book.snapshot(run_id)` -> the file of the workflow as it was, where whoever appended the run gave it;
- `book.delete(run_id)`; past 500 runs the oldest are forgotten. What was not measured is None, never a guess.

*In a node's configuration* the engine reads `_timeout`, `_retries` with `_retry_delay`, `_retry_backoff` and
`_retry_jitter`, `_concurrency`, `_rate`, `_cache_enabled`, `_on_error` ("continue"), `_run_in` ("inline", "thread",
"process") and `_batch` ({items, as, parallel, max_concurrent, on_error, retries, retry_delay}); in the settings of a
workflow `stop_on_error`, `timeout`, `retry_count`, `visit_limit`, and `limits` and `rates` by `all`, `type:X`,
`service:CATEGORY` or `node:ID`.

Does not live here: files (whoever starts a run hands over graphs and a library of workflows), windows, node bodies.
"""

from casare.engine.errors import CompileError, Problem
from casare.engine.keeping.recording import Metrics, Recorder
from casare.engine.keeping.records import RecordedNode, RecordedRun, RecordedValues, RunBook
from casare.engine.keeping.report import NodeReport, RunReport
from casare.engine.keeping.result_cache import ResultCache
from casare.engine.options import Library, RunOptions
from casare.engine.planning.compiling import Compiled, compile_graph
from casare.engine.planning.plan import Plan
from casare.engine.planning.plan_cache import PlanCache
from casare.engine.run import Run
from casare.engine.steps.workflow import Workflow

__all__ = [
    "CompileError",
    "Compiled",
    "Library",
    "Metrics",
    "NodeReport",
    "Plan",
    "PlanCache",
    "Problem",
    "RecordedNode",
    "RecordedRun",
    "RecordedValues",
    "Recorder",
    "ResultCache",
    "Run",
    "RunBook",
    "RunOptions",
    "RunReport",
    "Workflow",
    "compile_graph",
]
