"""Which column each item stands in: as far left as its wires allow, then towards the neighbours that pull most."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import chain

from casare.app.arranging.levels import Link


def columns_of(count: int, links: Sequence[Link]) -> list[int]:
    """Return the column of each of `count` items, counted from 0. In a graph without cycles, every link runs right.

    Longest path first; then items move between their neighbours to where the weighted length of their links is least,
    which a control wire decides over a data wire.
    """
    order = running_order(count, links)
    place = [0] * count
    for at, item in enumerate(order):
        place[item] = at
    before: list[list[Link]] = [[] for _ in range(count)]
    after: list[list[Link]] = [[] for _ in range(count)]
    for link in links:
        if place[link.source] < place[link.target]:
            after[link.source].append(link)
            before[link.target].append(link)
    column = [0] * count
    for item in order:
        column[item] = max((column[link.source] + 1 for link in before[item]), default=0)
    pull = [sum(link.weight for link in after[one]) - sum(link.weight for link in before[one]) for one in range(count)]
    for item in reversed(order):
        if pull[item] > 0:
            column[item] = min(column[link.target] for link in after[item]) - 1
    for item in order:
        if pull[item] < 0:
            column[item] = max(column[link.source] for link in before[item]) + 1
    number = {one: at for at, one in enumerate(sorted(set(column)))}
    return [number[one] for one in column]


def running_order(count: int, links: Sequence[Link]) -> list[int]:
    """Return the items so that links run forwards, all of them where there is no cycle.

    Of a control cycle the link gives way that comes back when one follows the wires from the first item in document
    order; of any other cycle, a data link.
    """
    after: list[list[Link]] = [[] for _ in range(count)]
    returning = _returning(count, links)
    missing, missing_control = [0] * count, [0] * count
    for at, link in enumerate(links):
        if at not in returning:
            after[link.source].append(link)
            missing[link.target] += 1
            missing_control[link.target] += link.control
    ready = [item for item in range(count) if not missing[item]]
    led = [item for item in range(count) if not missing_control[item]]
    heapify(ready)
    heapify(led)
    done = [False] * count
    order: list[int] = []
    while len(order) < count:
        # With nothing ready there is a cycle; without its data links, an item is.
        item = heappop(ready or led)
        if done[item]:
            continue
        done[item] = True
        order.append(item)
        for link in after[item]:
            target = link.target
            missing[target] -= 1
            missing_control[target] -= link.control
            if not missing[target]:
                heappush(ready, target)
            if link.control and not missing_control[target]:
                heappush(led, target)
    return order


def _returning(count: int, links: Sequence[Link]) -> set[int]:
    """Return which control links lead back to an item that they were reached from, by index."""
    after: list[list[int]] = [[] for _ in range(count)]
    led_to = [False] * count
    for at, link in enumerate(links):
        if link.control:
            after[link.source].append(at)
            led_to[link.target] = True
    found: set[int] = set()
    state = [0] * count  # 1 while its followers are looked at, 2 afterwards
    entries = (item for item in range(count) if not led_to[item])
    for root in chain(entries, range(count)):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            item, rest = stack[-1]
            for at in rest:
                target = links[at].target
                if state[target] == 1:
                    found.add(at)
                elif not state[target]:
                    state[target] = 1
                    stack.append((target, iter(after[target])))
                    break
            else:
                state[item] = 2
                stack.pop()
    return found
