"""Claims about columns, and about the order in them that keeps wires from crossing."""

from __future__ import annotations

from random import Random

import networkx
from hypothesis import given
from random_edits import CHANCE

from casare.app.arranging.layering import columns_of, running_order
from casare.app.arranging.levels import Level, Link
from casare.app.arranging.ordering import crossings, ordered
from casare.app.arranging.strands import Chart


def some_level(chance: Random, *, dag: bool = True) -> Level:
    count = chance.choice((2, 6, 14))
    pairs = {tuple(chance.sample(range(count), 2)) for _ in range(count * 2)}
    if dag:
        pairs = {(min(pair), max(pair)) for pair in pairs}
    links = [
        Link(one, other, 2, 2, 32 + chance.randrange(3), 32 + chance.randrange(3), chance.random() < 0.5)
        for one, other in sorted(pairs)
    ]
    before = [(chance.randrange(-500, 500), chance.randrange(-500, 500)) for _ in range(count)]
    return Level([(10, chance.choice((3, 4, 8))) for _ in range(count)], before, links)


def straight(level: Level, columns: list[int]) -> Level:
    """Return the level with the links alone that join neighbouring columns."""
    return level._replace(links=[link for link in level.links if columns[link.target] - columns[link.source] == 1])


@given(CHANCE)
def test_without_cycles_links_run_right_over_as_few_columns_as_can_be(chance: Random) -> None:
    level = some_level(chance)
    columns = columns_of(len(level.sizes), level.links)
    assert all(columns[link.source] < columns[link.target] for link in level.links)
    drawn = networkx.DiGraph([(link.source, link.target) for link in level.links])
    assert max(columns) == networkx.dag_longest_path_length(drawn)


@given(CHANCE)
def test_a_data_link_alone_never_turns_a_control_link_round(chance: Random) -> None:
    level = some_level(chance, dag=False)
    control = networkx.DiGraph([(link.source, link.target) for link in level.links if link.control])
    place = {item: at for at, item in enumerate(running_order(len(level.sizes), level.links))}
    assert len(place) == len(level.sizes)
    for link in level.links:
        if link.control and not networkx.has_path(control, link.target, link.source):
            assert place[link.source] < place[link.target]


@given(CHANCE)
def test_crossings_are_counted_as_pairs_that_swap_sides(chance: Random) -> None:
    level = some_level(chance)
    columns = columns_of(len(level.sizes), level.links)
    level = straight(level, columns)
    chart = Chart(level, columns)
    order = chart.first_order()
    height = {item: at for column in order for at, item in enumerate(column)}

    def ends(link: Link) -> tuple[tuple[int, int], tuple[int, int]]:
        return (height[link.source], link.source_rank), (height[link.target], link.target_rank)

    pairs = [
        (ends(one), ends(other))
        for at, one in enumerate(level.links)
        for other in level.links[:at]
        if columns[one.source] == columns[other.source]
    ]
    assert crossings(chart, order) == sum(
        (a[0] < b[0] and a[1] > b[1]) or (a[0] > b[0] and a[1] < b[1]) for a, b in pairs
    )


@given(CHANCE)
def test_no_order_crosses_more_than_the_one_before_and_the_outcome_stays(chance: Random) -> None:
    level = some_level(chance)
    columns = columns_of(len(level.sizes), level.links)
    chart = Chart(level, columns)
    found = ordered(chart)
    assert crossings(chart, found) <= crossings(chart, chart.first_order())
    assert sorted(item for column in found for item in column) == list(range(len(level.sizes)))
    height = {item: at for column in found for at, item in enumerate(column)}
    again = Chart(level._replace(before=[(height[item], 0) for item in range(len(level.sizes))]), columns)
    assert again.first_order() == found
    assert ordered(again) == found


def test_chains_that_cross_are_untangled() -> None:
    links = [Link(one, one + 4, 2, 2, 32, 32, True) for one in range(8)]
    # The second column is drawn upside down.
    before = [(float(-item if 4 <= item < 8 else item), 0.0) for item in range(12)]
    chart = Chart(Level([(10, 4)] * 12, before, links), [item // 4 for item in range(12)])
    assert crossings(chart, chart.first_order()) == 12
    assert crossings(chart, ordered(chart)) == 0
