"""Which way a workflow goes on: choices, branches side by side, and where they come together again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from casare.sdk import (
    Arrivals,
    Branch,
    Context,
    Cost,
    NodeError,
    Param,
    PortRule,
    Role,
    Widget,
    as_items,
    as_text,
    as_truth,
    node,
)


@node(
    "IfNode",
    title="If",
    category="flow",
    icon="git-branch",
    cost=Cost(2, 0.02, 0),
    role=Role.BRANCH,
    control_out=("true", "false"),
    pure=True,
    keywords=("condition", "decide", "branch", "else"),
    headline="condition",
)
def if_(
    condition: Annotated[
        Any,
        Param(
            widget=Widget.EXPRESSION,
            aliases=("expression",),
            placeholder="{{count}} > 10",
            help='What to decide by. Text such as "false", "no" or "0" means no.',
        ),
    ] = None,
) -> Branch:
    """Go one way when a condition holds and the other way when it does not."""
    return Branch("true" if as_truth(condition) else "false")


@node(
    "SwitchNode",
    title="Switch",
    category="flow",
    icon="route",
    cost=Cost(2, 0.03, 0),
    role=Role.BRANCH,
    control_out=("default",),
    rules=(PortRule("case_", "cases", before="default"),),
    headline="value",
    pure=True,
    keywords=("case", "choose", "match", "select"),
)
def switch(
    value: Annotated[
        Any, Param(widget=Widget.EXPRESSION, aliases=("expression",), placeholder="{{status}}", help="What to compare.")
    ] = None,
    *,
    cases: Annotated[
        list[Any] | None,
        Param(widget=Widget.LIST, help="One output for each; the first case that equals the value is taken."),
    ] = None,
) -> Branch:
    """Go one of several ways, by what a value equals; another value takes the default way.

    Values are compared as text, so 1 equals "1".
    """
    wanted = as_text(value)
    for number, case in enumerate(_cases(cases)):
        if as_text(case) == wanted or (isinstance(value, bool) and as_text(case).casefold() == wanted):
            return Branch(f"case_{number}")
    return Branch("default")


def _cases(cases: Any) -> list[Any]:
    # The ports are counted the same way: one for each item listed, for a dict one for each key.
    return list(cases) if isinstance(cases, Mapping) else as_items(cases, "cases")


@node(
    "MergeNode",
    title="Merge",
    category="flow",
    icon="merge",
    cost=Cost(1, 0.01, 0),
    role=Role.MERGE,
    keywords=("come together", "after if"),
)
def merge() -> None:
    """Bring paths together again: goes on once no live path is still on its way."""


@node(
    "ForkNode",
    title="Fork",
    category="flow",
    icon="git-fork",
    cost=Cost(2, 0.05, 0.1),
    role=Role.FORK,
    control_out=(),
    rules=(PortRule("branch_", "branch_count", first=1, minimum=2, maximum=10),),
    keywords=("parallel", "branches", "concurrent", "fan out"),
    headline="{branch_count} branches",
)
def fork(
    *,
    branch_count: Annotated[int, Param(minimum=2, maximum=10, label="Branches", help="How many run at once.")] = 2,
    fail_fast: Annotated[bool, Param(help="Stop the other branches as soon as one fails.")] = False,
) -> None:
    """Run several branches at the same time; a Join brings their results together."""


class Joined(NamedTuple):
    """What the branches brought."""

    results: Any
    branch_count: int


@node(
    "JoinNode",
    title="Join",
    category="flow",
    icon="combine",
    cost=Cost(2, 0.05, 0.5),
    role=Role.JOIN,
    keywords=("gather", "collect", "parallel", "fan in"),
)
def join(
    *,
    arrivals: Arrivals,
    context: Context,
    merge_strategy: Annotated[
        Literal["all", "array", "dict", "first", "last", "merge", "custom"],
        Param(help="A dictionary by branch, a list, the first or last to arrive, one dictionary of all, or your own."),
    ] = "all",
    expression: Annotated[
        Any,
        Param(
            widget=Widget.EXPRESSION,
            label="Custom merge",
            placeholder="max(branches[*].score)",
            help="What *custom* gives; `branches` holds the results by branch, and each branch has its name.",
        ),
    ] = None,
) -> Joined:
    """Wait for the branches of a Fork and bring their results together.

    With *merge*, a name that two branches set differently is kept once for each, as `branch.name`, and the log says so.
    """
    names = list(arrivals)
    if merge_strategy == "custom":
        return Joined(expression, len(names))
    if merge_strategy == "array":
        return Joined([arrivals[name] for name in sorted(names, key=_by_number)], len(names))
    if merge_strategy == "dict":
        return Joined({name: arrivals[name] for name in sorted(names, key=_by_number)}, len(names))
    if merge_strategy == "merge":
        return Joined(_merged(arrivals, context), len(names))
    if merge_strategy not in ("all", "first", "last"):
        raise NodeError(
            f"there is no merge strategy “{merge_strategy}”",
            mend="Choose all, array, dict, first, last, merge or custom.",
        )
    kept = {"all": names, "first": names[:1], "last": names[-1:]}[merge_strategy]
    return Joined({name: arrivals[name] for name in kept}, len(names))


def _by_number(name: str) -> tuple[str, int]:
    """Return a key that puts branch_10 after branch_2."""
    stem = name.rstrip("0123456789")
    return stem, int(name[len(stem) :] or 0)


def _merged(arrivals: Arrivals, context: Context) -> dict[str, Any]:
    found: dict[str, list[tuple[str, Any]]] = {}
    for branch, brought in arrivals.items():
        values = brought if isinstance(brought, Mapping) else {branch: brought}
        for name, value in values.items():
            found.setdefault(str(name), []).append((branch, value))
    merged: dict[str, Any] = {}
    for name, givers in found.items():
        if all(value == givers[0][1] for _, value in givers):
            merged[name] = givers[0][1]
            continue
        merged.update({f"{branch}.{name}": value for branch, value in givers})
        context.log(f"{len(givers)} branches set “{name}” differently; each is kept under its branch", level="warning")
    return merged
