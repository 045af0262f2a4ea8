"""Running workflows: compile a graph into a plan, decide what comes next, carry it out, write down what happened.

In this order: `compiling` turns graph and catalog into a `Plan` (numbers and tuples, no code); `Machine` is the pure
state of a run, which takes facts and gives instructions without clock, loop or node body; `Performer` carries the
instructions out, on this thread, on other threads, on an event loop or in processes; `Run` is what others start.

Does not live here: files (whoever starts a run hands over graphs and a library of workflows), windows, node bodies.
"""

from casare.engine.compiling import Compiled, compile_graph
from casare.engine.errors import CompileError, Problem
from casare.engine.options import Library, RunOptions
from casare.engine.plan import Plan
from casare.engine.plan_cache import PlanCache
from casare.engine.report import NodeReport, RunReport
from casare.engine.result_cache import ResultCache
from casare.engine.run import Run
from casare.engine.workflow import Workflow

__all__ = [
    "CompileError",
    "Compiled",
    "Library",
    "NodeReport",
    "Plan",
    "PlanCache",
    "Problem",
    "ResultCache",
    "Run",
    "RunOptions",
    "RunReport",
    "Workflow",
    "compile_graph",
]
