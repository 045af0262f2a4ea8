"""The plan of a run: the shape of a graph as numbers and tuples. Frozen, comparable, and plain enough for JSON."""

from __future__ import annotations

from typing import Final, NamedTuple

ROOT: Final = 0


class Region(NamedTuple):
    """A part of the workflow that runs as one: the whole, a loop's body, what a Try guards, one branch of a Fork.

    Members are slots; everything else counts by the place of a member in `members`.
    """

    owner: int
    """The slot whose running opens the region; -1 for the whole workflow."""
    port: str
    parent: int
    members: tuple[int, ...]
    pending: tuple[int, ...]
    """For each member, how many edges must be settled before it can run."""
    free: tuple[int, ...]
    """Members that run as soon as nothing is pending, whether or not an edge fired: entries, nodes fed by nothing."""
    valued: tuple[int, ...]
    """Members that run because a value arrives, and are bypassed when none does."""
    opened: tuple[int, ...] = ()
    """Members that the opening fires, once for each wire."""
    opened_exits: tuple[int, ...] = ()
    """Exits that the opening itself takes: a wire from the owner's port to somewhere outside."""
    held: tuple[int, ...] = ()
    """All slots of this region and those inside it, whose values are forgotten before each turn."""
    joins: tuple[int, ...] = ()
    """Members that ask who has arrived."""


class Exit(NamedTuple):
    """A control wire that leads out of a region; it is settled when the region has come to its end."""

    source: int
    port: str
    target: int


class Fire(NamedTuple):
    """What hangs on one control output of a slot: members of the same region, and exits."""

    port: str
    targets: tuple[int, ...]
    exits: tuple[int, ...] = ()


class Leaving(NamedTuple):
    """Where an exit arrives in the region of an owner: from the owner's region `child` at the member `target`."""

    exit: int
    child: int
    target: int


class Wire(NamedTuple):
    """A data wire into a slot: the input's name, the source and its output's name."""

    input: str
    source: int
    output: str


class Plan(NamedTuple):
    """All a run needs to know about order. Slots are the nodes in the order of the document, then made-up ones.

    A made-up slot stands for a circle of control wires in the region around it.
    """

    ids: tuple[str, ...]
    """The id of each slot; empty for a made-up one."""
    kinds: tuple[str, ...]
    """How each slot runs: see `casare.engine.planning.kinds`."""
    regions: tuple[Region, ...]
    home: tuple[int, ...]
    """The region of each slot."""
    place: tuple[int, ...]
    """The place of each slot among the members of its region."""
    fires: tuple[tuple[Fire, ...], ...]
    usual: tuple[tuple[str, ...], ...]
    """For each slot, the control outputs that fire when it ends well without a decision."""
    feeds: tuple[tuple[int, ...], ...]
    """For each slot, the members of its region that wait for its values."""
    leaving: tuple[tuple[Leaving, ...], ...]
    exits: tuple[Exit, ...]
    back: tuple[tuple[int, int], ...]
    """Pairs (exit, slot): taking the exit begins another visit of a circle at the slot."""
    children: tuple[tuple[int, ...], ...]
    """For each slot, the regions it opens."""
    wires: tuple[tuple[Wire, ...], ...]
    pairs: tuple[int, ...]
    """For a break or continue, the slot of its loop; for a catch or finally, that of its Try; else -1."""
    refreshed: tuple[tuple[int, ...], ...]
    """For each loop with a condition, the value-only slots to work out anew before each turn, in order."""
    joined: tuple[tuple[tuple[int, str], ...], ...]
    """For each join, the sources of its control wires, each with the name of the branch it ends."""

    entered: tuple[tuple[int, tuple[tuple[int, str, str], ...]], ...] = ()
    """For each nested workflow, its control wires: source, control output, and the control input they come in by."""

    @property
    def size(self) -> int:
        """Return the number of slots."""
        return len(self.kinds)

    def region_of(self, slot: int, port: str) -> int:
        """Return the region that `slot` opens at `port`, or -1."""
        for region in self.children[slot]:
            if self.regions[region].port == port:
                return region
        return -1
