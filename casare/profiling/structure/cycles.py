"""Breaking cycles so that what is left still means what the person drew.

Wires come first: a depth-first walk from where the flow enters drops exactly those that lead back. References and loop
returns are then added in an order that satisfies as many of them as a greedy choice can, and the rest is dropped.
"""

from __future__ import annotations

import heapq

Edges = list[list[int]]


def forward_only(hard: Edges, soft: Edges, control_in: Edges) -> Edges:
    """Return hard and soft predecessors together, without those that would close a cycle.

    A soft edge is only ever dropped in favour of hard ones or of an earlier choice. O((V + E) log V).
    """
    wires = _without_backward(hard, control_in)
    place = _greedy_order(wires, soft)
    return [
        first + [other for other in more if place[other] < place[number]] if more else first
        for number, (first, more) in enumerate(zip(wires, soft, strict=True))
    ]


def _without_backward(hard: Edges, control_in: Edges) -> Edges:
    count = len(hard)
    successors: Edges = [[] for _ in range(count)]
    for number, others in enumerate(hard):
        for other in others:
            successors[other].append(number)
    # The flow enters where control wires leave and none arrives. Starting at a node that only hands in a value would
    # enter a ring in its middle and take the wrong wire for the backward one.
    leaving = {other for others in control_in for other in others}
    roots = sorted(number for number in leaving if not control_in[number])
    roots += range(count)
    backward: set[tuple[int, int]] = set()
    state = bytearray(count)
    for root in roots:
        if not state[root]:
            _walk(root, successors, state, backward)
    if not backward:
        return hard
    return [[other for other in others if (other, number) not in backward] for number, others in enumerate(hard)]


def _walk(root: int, successors: Edges, state: bytearray, backward: set[tuple[int, int]]) -> None:
    """Visit what can be reached from `root`; state is 0 for new, 1 for open, 2 for done."""
    state[root] = 1
    stack = [(root, iter(successors[root]))]
    while stack:
        number, rest = stack[-1]
        for successor in rest:
            if state[successor] == 1:
                backward.add((number, successor))
            elif not state[successor]:
                state[successor] = 1
                stack.append((successor, iter(successors[successor])))
                break
        else:
            state[number] = 2
            stack.pop()


def _greedy_order(hard: Edges, soft: Edges) -> list[int]:
    """Return each node's place in an order that keeps all hard edges and, where it can, the soft ones."""
    count = len(hard)
    after_hard: Edges = [[] for _ in range(count)]
    after_soft: Edges = [[] for _ in range(count)]
    for edges, after in ((hard, after_hard), (soft, after_soft)):
        for number, others in enumerate(edges):
            for other in others:
                after[other].append(number)
    missing = list(map(len, hard))
    wanting = list(map(len, soft))
    content = [number for number in range(count) if not missing[number] and not wanting[number]]
    willing = [number for number in range(count) if not missing[number] and wanting[number]]
    place = [-1] * count
    placed = 0
    while content or willing:
        number = heapq.heappop(content or willing)
        if place[number] >= 0:
            continue
        place[number] = placed
        placed += 1
        for successor in after_hard[number]:
            missing[successor] -= 1
            if not missing[successor]:
                heapq.heappush(willing if wanting[successor] else content, successor)
        for successor in after_soft[number]:
            wanting[successor] -= 1
            if not wanting[successor] and not missing[successor] and place[successor] < 0:
                heapq.heappush(content, successor)
    return place
