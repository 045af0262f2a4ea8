"""Checks of the way a run takes: nodes it never gets to, and places it comes back to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from casare.app.checks.survey import Survey
from casare.sdk import Role
from casare.storage import Problem


def check_flow(survey: Survey) -> Iterator[Problem]:
    """Yield nodes that no entry leads to, and cycles of control wires."""
    followers: dict[str, list[str]] = {}
    led_to: set[str] = set()
    for wire in survey.graph.connections.values():
        if survey.is_control(wire):
            followers.setdefault(wire.source_node, []).append(wire.target_node)
            led_to.add(wire.target_node)
    yield from _unreachable(survey, followers, led_to)
    yield from _cycles(survey, followers)


def _unreachable(survey: Survey, followers: dict[str, list[str]], led_to: set[str]) -> Iterator[Problem]:
    kinds, nodes = survey.kinds, survey.graph.nodes
    in_flow = [one for one in nodes if kinds[one].has_control or one in followers or one in led_to]
    begins = entries(survey, in_flow, led_to)
    active = [one for one in in_flow if not survey.idle(one)]
    if not begins:
        if active and led_to:
            yield Problem(
                "no-entry-point",
                "warning",
                "Nothing begins this workflow: every node waits for another.",
                active[0],
                hint="Add a Start node, or delete the wire that leads back to the first node.",
            )
        return
    reached = _reach(survey, followers, begins)
    for node_id in active:
        if node_id not in reached:
            yield Problem(
                "unreachable-nodes",
                "warning",
                f"{survey.title(node_id)} never runs: no way leads to it from where the workflow begins.",
                node_id,
                hint="Wire it to a node that runs, or delete it.",
            )


def entries(survey: Survey, in_flow: list[str], led_to: set[str]) -> list[str]:
    """Return where runs begin: the Start nodes if there are any, else every node that no control wire leads to.

    A trigger begins a run of its own in either case.
    """
    kinds = survey.kinds
    starts = [one for one in in_flow if kinds[one].role is Role.START and not survey.idle(one)]
    if starts:
        return starts + [one for one in in_flow if kinds[one].role is Role.TRIGGER]
    return [one for one in in_flow if one not in led_to]


def _reach(survey: Survey, followers: dict[str, list[str]], begins: list[str]) -> set[str]:
    # A Catch or Finally is entered through the Try it names, with or without a wire.
    caught: dict[str, list[str]] = {}
    for node_id, kind in survey.kinds.items():
        if kind.role in (Role.CATCH, Role.FINALLY):
            for param in kind.pairing:
                caught.setdefault(str(survey.graph.nodes[node_id].config.get(param.name)), []).append(node_id)
    reached = set(begins)
    waiting = deque(begins)
    while waiting:
        node_id = waiting.popleft()
        for follower in (*followers.get(node_id, ()), *caught.get(node_id, ())):
            if follower not in reached:
                reached.add(follower)
                waiting.append(follower)
    return reached


def _cycles(survey: Survey, followers: dict[str, list[str]]) -> Iterator[Problem]:
    found = rings(followers)
    place = {node_id: at for at, node_id in enumerate(survey.graph.nodes)} if found else {}
    for ring in found:
        first = min(ring, key=place.__getitem__)
        yield Problem(
            "control-cycle",
            "info",
            f"The flow comes back to {survey.title(first)}, through {len(ring)} nodes.",
            first,
            hint="This is allowed; make sure that something ends it.",
        )


def rings(followers: dict[str, list[str]]) -> list[list[str]]:
    """Return the groups of more than one node in which every node leads to every other (Tarjan 1972, iterative)."""
    edges = _left_by_sorting(followers)
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in edges:
        work = [] if root in number else [(root, iter(edges[root]))]
        while work:
            node, others = work[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                stack.append(node)
                on_stack.add(node)
            fresh = next((other for other in others if _is_fresh(other, node, number, lowest, on_stack)), None)
            if fresh is not None:
                work.append((fresh, iter(edges[fresh])))
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                lowest[parent] = min(lowest[parent], lowest[node])
            if lowest[node] == number[node]:
                ring = [stack.pop()]
                while ring[-1] != node:
                    ring.append(stack.pop())
                on_stack.difference_update(ring)
                if len(ring) > 1:
                    found.append(ring)
    return found


def _is_fresh(other: str, node: str, number: dict[str, int], lowest: dict[str, int], on_stack: set[str]) -> bool:
    if other not in number:
        return True
    if other in on_stack:
        lowest[node] = min(lowest[node], number[other])
    return False


def _left_by_sorting(followers: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the edges among nodes that no topological order reaches: the only ones that a cycle can be made of."""
    missing: dict[str, int] = dict.fromkeys(followers, 0)
    for others in followers.values():
        for other in others:
            missing[other] = missing.get(other, 0) + 1
    ready = [node for node, count in missing.items() if not count]
    for node in ready:
        del missing[node]
        for other in followers.get(node, ()):
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)
    return {node: [other for other in followers.get(node, ()) if other in missing] for node in missing}
