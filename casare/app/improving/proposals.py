"""Edits that may make a workflow better, found by what the rules found. Whether they do, a trial tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casare.app.editing.deleting import delete
from casare.app.improving.guarding import ATTEMPTS, guarded
from casare.app.improving.looping import AT_ONCE, in_a_loop
from casare.app.improving.regrouping import side_by_side
from casare.app.improving.renaming_reads import read_instead
from casare.app.improving.sharing import shared, without
from casare.model import Change, Connect, Connection, SetConfig, SetSettings
from casare.profiling.costs.cost import number_of
from casare.profiling.evidence import Evidence
from casare.profiling.rules import RULES, Finding
from casare.profiling.scoring.ledger import Judgement
from casare.sdk import Role

_TURNS = 100
_BATCH = 10
_LOAD_LIMITS = {"max_rows": (100_000, "100,000 rows"), "max_size": (100_000_000, "100 MB")}
_RETRY_KEYS = ("retry_count", "max_retries", "retries", "max_attempts")


class Proposal(NamedTuple):
    """An edit to try."""

    kind: str
    title: str
    detail: str
    nodes: tuple[str, ...]
    change: Change


def proposals(evidence: Evidence, judgement: Judgement) -> Iterator[Proposal]:
    """Yield the edits worth trying, those for the rules that take most points first."""
    found: list[tuple[float, str, Finding]] = []
    for rule in RULES:
        judged = judgement.by_rule[rule.id]
        if judged is not None:
            found.append((-judged.entry.points, rule.id, judged.finding))
    told: set[tuple[str, tuple[str, ...], str]] = set()
    for _, rule_id, finding in sorted(found, key=lambda held: held[0]):
        for proposal in _for_rule(rule_id, finding, evidence):
            # Two rules may ask for the same of a node: a huge batch is complex, and large too.
            name = (proposal.kind, proposal.nodes, proposal.title)
            if name not in told:
                told.add(name)
                yield proposal


def _for_rule(rule_id: str, finding: Finding, evidence: Evidence) -> Iterator[Proposal]:
    if rule_id == "serial-independent":
        yield from _parallel(evidence)
    elif rule_id == "duplicate-fetch":
        yield from _share(evidence, finding)
    elif rule_id in ("unreachable", "unused-result"):
        yield from _remove(evidence, finding, rule_id)
    elif rule_id == "dead-end":
        yield from _wire_branches(evidence, finding)
    elif rule_id == "unguarded-io":
        yield from _retry_run(evidence)
        yield from _guard(evidence, finding)
    elif rule_id == "whole-file-load":
        yield from _limit_load(evidence, finding)
    elif rule_id == "unset-reference":
        yield from _correct_names(evidence, finding)
    elif rule_id in ("hot-spot", "memory-peak"):
        yield from _smaller_batches(evidence, finding)
    elif rule_id in ("unbounded-loop", "retry-storm", "fan-out-without-limit"):
        yield from _settings(rule_id, evidence, finding)
        if rule_id == "fan-out-without-limit":
            yield from _loops(evidence, finding)


def _parallel(evidence: Evidence) -> Iterator[Proposal]:
    for run in evidence.serial:
        for group, change in side_by_side(evidence, run.nodes):
            names = _names(evidence, group)
            yield Proposal(
                "parallel",
                f"Run {names} side by side",
                "They need nothing of each other. When one fails, the others have already begun.",
                tuple([evidence.ids[number] for number in group]),
                change,
            )


def _share(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        made = shared(evidence, number)
        if made is not None:
            first, change = made
            yield Proposal(
                "share-result",
                f"Use the result of {_name(evidence, first)} instead of {_name(evidence, number)}",
                "Both do the same with the same inputs, and nothing changes it in between.",
                (evidence.ids[first], evidence.ids[number]),
                change,
            )


def _remove(evidence: Evidence, finding: Finding, rule_id: str) -> Iterator[Proposal]:
    graph, ids = evidence.graph, evidence.ids
    nodes = tuple([ids[number] for number in finding.nodes])
    if rule_id == "unreachable":
        change = delete(graph, nodes=nodes) if evidence.shape.reach.entered else None
        if change is not None:
            yield Proposal("remove-dead", f"Remove what never runs ({len(nodes)})", "No run gets there.", nodes, change)
        return
    for number in finding.nodes:
        removed = without(evidence, number)
        if removed is not None:
            title = f"Remove {_name(evidence, number)}"
            yield Proposal("remove-dead", title, "Nothing reads what it works out.", (ids[number],), removed)


def _settings(rule_id: str, evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        node = evidence.facts[number].node
        name = _name(evidence, number)
        config: Mapping[str, Any] = node.config
        if rule_id == "unbounded-loop":
            kind, title = "loop-limit", f"Let {name} run at most {_TURNS} times"
            detail, config = "Set the most turns that can be right.", {**config, "max_iterations": _TURNS}
        elif rule_id == "retry-storm":
            kind, title = "fewer-retries", f"Try {name} less often"
            detail, config = "Two more attempts catch what passes by itself.", _calmer(evidence, number)
        else:
            kind, title = "limit-fan-out", f"Let {name} run {AT_ONCE} at a time"
            detail = "More at once than a service or a machine can take only makes a queue."
            if evidence.facts[number].kind.role is not Role.PARALLEL_EACH:
                continue
            config = {**config, "batch_size": AT_ONCE}
        if config != node.config:
            change = SetConfig(node.id, config, title[:1].lower() + title[1:])
            yield Proposal(kind, title, detail, (node.id,), change)


def _loops(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        made = in_a_loop(evidence, number, AT_ONCE)
        if made is not None:
            nodes, change = made
            yield Proposal(
                "loop-fan-out",
                f"Run the {len(nodes)} alike nodes behind {_name(evidence, number)} {AT_ONCE} at a time",
                "They differ in one setting, which one node in a parallel loop takes from a list.",
                (evidence.ids[number], *nodes),
                change,
            )


def _smaller_batches(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        held = evidence.facts[number]
        stated = number_of(held.node.config.get("batch_size"))
        if stated is not None and stated > _BATCH and held.kind.role is Role.WORK:
            title = f"Let {_name(evidence, number)} take {_BATCH} at a time"
            detail = f"A batch of {stated:g} is held in memory as a whole; the same work in smaller ones needs less."
            change = SetConfig(held.node.id, {**held.node.config, "batch_size": _BATCH}, title[:1].lower() + title[1:])
            yield Proposal("smaller-batch", title, detail, (held.node.id,), change)


def _correct_names(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        made = read_instead(evidence, number)
        if made is not None:
            wrong, right, change = made
            title = f"Read {right} instead of {wrong} in {_name(evidence, number)}"
            detail = f"Nothing sets {wrong}; {right} is the nearest name that something sets."
            yield Proposal("correct-name", title, detail, (evidence.ids[number],), change)


def _calmer(evidence: Evidence, number: int) -> dict[str, Any]:
    held, regions = evidence.facts[number], evidence.shape.regions
    inside = any(regions.regions[region].port == "retry_body" for region in regions.chain(regions.of_node[number]))
    config = dict(held.node.config)
    for key in _RETRY_KEYS:
        stated = number_of(config.get(key))
        most = 3 if key == "max_attempts" else 0 if inside else 2
        if stated is not None and stated > most:
            config[key] = most
    if held.kind.role is Role.RETRY and number_of(config.get("initial_delay")) == 0:
        config["initial_delay"] = 1
    return config


def _wire_branches(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    wiring = evidence.shape.order.wiring
    for number in finding.nodes:
        held = evidence.facts[number]
        wired = {port for target in wiring.control_out[number] for port in wiring.ports[number, target]}
        missing = sorted(held.kind.control_outputs - wired)
        merge = _merge_behind(evidence, number)
        if merge is None or not missing:
            continue
        port = "default" if "default" in missing else missing[0]
        wire = Connection(held.node.id, port, evidence.ids[merge], "exec_in")
        if wire.key in evidence.graph.connections:
            continue
        name, behind = _name(evidence, number), _name(evidence, merge)
        title = f"Go on at {behind} when {name} says {port}"
        yield Proposal("wire-branch", title, "So the flow goes on for every answer.", (held.node.id,), Connect((wire,)))


def _merge_behind(evidence: Evidence, number: int) -> int | None:
    """Return the Merge that the wired way of a branch leads to along single wires."""
    control_out = evidence.shape.order.wiring.control_out
    seen = {number}
    while len(set(control_out[number])) == 1 and control_out[number][0] not in seen:
        number = control_out[number][0]
        seen.add(number)
        if evidence.facts[number].kind.role is Role.MERGE:
            return number
    return None


def _retry_run(evidence: Evidence) -> Iterator[Proposal]:
    settings = evidence.graph.settings
    harmless = not any(name.startswith(("net:", "file:")) or name.endswith(":*") for name in evidence.shape.written)
    known = all(held.free or not held.effects.barrier for held in evidence.facts)
    if harmless and known and not settings.get("retry_count"):
        change = SetSettings({**settings, "retry_count": 1}, "Try the run again once")
        detail = "It only reads, so a second run after a failure does no harm."
        yield Proposal("retry-run", "Try the whole run again once when it fails", detail, (), change)


def _guard(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        change = guarded(evidence, number)
        if change is not None:
            title = f"Try {_name(evidence, number)} up to {ATTEMPTS} times"
            detail = "It only reads, so trying again after a pause does no harm and most failures pass by themselves."
            yield Proposal("guard", title, detail, (evidence.ids[number],), change)


def _limit_load(evidence: Evidence, finding: Finding) -> Iterator[Proposal]:
    for number in finding.nodes:
        held = evidence.facts[number]
        for key, (most, told) in _LOAD_LIMITS.items():
            if held.kind.spec is not None and held.kind.spec.param(key) is not None:
                name = _name(evidence, number)
                change = SetConfig(held.node.id, {**held.node.config, key: most}, f"limit what {name} loads")
                detail = "Raise it to the most that can be right; without one, a huge file takes all the memory."
                yield Proposal("limit-load", f"Let {name} load at most {told}", detail, (held.node.id,), change)
                break


def _names(evidence: Evidence, group: tuple[int, ...]) -> str:
    named = [_name(evidence, number) for number in group]
    if len(named) > 3:
        return f"{named[0]}, {named[1]} and {len(named) - 2} more"
    return " and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else named[0]


def _name(evidence: Evidence, number: int) -> str:
    held = evidence.facts[number]
    return held.node.name or (held.kind.spec.title if held.kind.spec else held.node.type)
