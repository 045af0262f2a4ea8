"""The pool of node bodies, and the making of many at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casare.catalog import Catalog
from casare.catalog.instances import InstancePool
from casare.catalog.instantiate import WORKERS, instantiate, interpreter_lock, measured_threshold, parallel_from
from casare.foundation.errors import CasareError
from casare.sdk import NodeType


class Counter:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        self.__dict__["left behind"] = bytearray(10)
        return self.calls


class Slotted:
    __slots__ = ("__hidden", "seen", "unset")

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.__hidden = 0

    def __call__(self, value: int) -> int:
        self.seen.append(value)
        self.__hidden += 1
        return self.__hidden


class SlottedChild(Slotted):
    __slots__ = "more"  # noqa: PLC0205  A single name as a text is allowed, so it must work.

    def __call__(self, value: int) -> int:
        self.more = value
        return super().__call__(value)


class Bag(dict[str, int]):
    def __call__(self) -> int:
        self["x"] = self.get("x", 0) + 1
        return self["x"]


class Queue(deque[int]):
    def __call__(self) -> int:
        self.append(1)
        return len(self)


class Single:
    made: Any = None

    def __new__(cls) -> Single:
        cls.made = cls.made or super().__new__(cls)
        return cls.made  # type: ignore[no-any-return]

    def __call__(self) -> None:
        return None


class Needy:
    def __init__(self, what: str) -> None:
        self.what = what

    def __call__(self) -> str:
        return self.what


class BrokenLater:
    made: int = 0

    def __init__(self) -> None:
        type(self).made += 1
        if type(self).made > 1:
            raise OSError("no more")

    def __call__(self) -> None:
        return None


def shout(text: str) -> str:
    return text.upper()


TYPES: Final[dict[str, Any]] = {
    "Shout": shout,
    "Counter": Counter,
    "Slotted": Slotted,
    "SlottedChild": SlottedChild,
    "Bag": Bag,
    "Queue": Queue,
    "Single": Single,
    "Needy": Needy,
    "BrokenLater": BrokenLater,
}


@pytest.fixture
def known() -> Catalog:
    found = Catalog(sources=lambda: ())
    for type_id, body in TYPES.items():
        found.register(NodeType(type_id, type_id, "text"), body)
    return found


@pytest.fixture
def pool(known: Catalog) -> InstancePool:
    return InstancePool(known)


def test_a_function_is_shared_by_all(pool: InstancePool) -> None:
    assert pool.acquire("Shout") is pool.acquire("Shout") is shout
    pool.release(shout)
    assert pool.statistics == (0, 0, 0, 0, 0)


def test_an_object_is_lent_to_one_holder_at_a_time(pool: InstancePool) -> None:
    one, other = pool.acquire("Counter"), pool.acquire("Counter")
    assert one is not other
    assert pool.statistics == (2, 0, 0, 2, 0)
    pool.release(one)
    assert pool.acquire("Counter") is one
    assert pool.statistics == (2, 1, 0, 2, 0)
    assert pool.statistics.reuse_rate == pytest.approx(1 / 3)


@pytest.mark.parametrize("type_id", ["Counter"])
def test_a_reused_object_is_as_a_new_one(type_id: str, pool: InstancePool, known: Catalog) -> None:
    with pool.lend(type_id) as body:
        assert [body(), body()] == [1, 2]
    with pool.lend(type_id) as again:
        assert again is body
        assert vars(again) == vars(known.implementation(type_id)())
        assert again() == 1


@pytest.mark.parametrize("type_id", ["Slotted", "SlottedChild"])
def test_a_reused_object_with_slots_is_as_a_new_one(type_id: str, pool: InstancePool) -> None:
    with pool.lend(type_id) as body:
        assert [body(5), body(6)] == [1, 2]
        body.unset = "set"  # type: ignore[attr-defined]
        seen = body.seen  # type: ignore[attr-defined]
    with pool.lend(type_id) as again:
        assert again is body
        assert again(7) == 1
        assert again.seen == [7]  # type: ignore[attr-defined]
        assert seen == [5, 6], "what somebody took from it is still theirs"
        assert not hasattr(again, "unset")


def test_an_object_in_the_pool_holds_nothing(pool: InstancePool) -> None:
    body: Any = pool.acquire("Counter")
    body()
    pool.release(body)
    assert vars(body) == {}


@pytest.mark.parametrize("type_id", ["Bag", "Queue", "Single"])
def test_an_object_that_cannot_be_emptied_is_never_used_again(type_id: str, pool: InstancePool) -> None:
    body = pool.acquire(type_id)
    pool.release(body)
    assert pool.statistics == (1, 0, 1, 0, 0)
    pool.acquire(type_id)
    assert pool.statistics.made == 2


def test_giving_back_twice_or_what_was_never_lent_is_ignored(pool: InstancePool) -> None:
    body = pool.acquire("Counter")
    for one in (body, body, Counter(), shout, print):
        pool.release(one)
    assert pool.statistics == (1, 0, 0, 0, 1)
    assert pool.acquire("Counter") is body
    assert pool.acquire("Counter") is not body


def test_few_objects_of_a_type_wait(known: Catalog) -> None:
    pool = InstancePool(known, max_per_type=3)
    for body in [pool.acquire("Counter") for _ in range(10)]:
        pool.release(body)
    assert pool.statistics == (10, 0, 7, 0, 3)


def test_few_objects_of_all_types_wait_together(known: Catalog) -> None:
    pool = InstancePool(known, max_total=4)
    for body in [pool.acquire(type_id) for type_id in ("Counter", "Slotted", "SlottedChild") for _ in range(3)]:
        pool.release(body)
    assert pool.statistics[2:] == (5, 0, 4)
    pool.clear()
    assert pool.statistics[2:] == (9, 0, 0)
    assert pool.acquire("Counter") is not None


def test_a_class_that_was_replaced_is_not_served_from_the_pool(known: Catalog) -> None:
    pool = InstancePool(known)
    pool.release(pool.acquire("Counter"))

    class Newer(Counter):
        pass

    known.register(NodeType("Counter", "Counter", "text"), Newer)
    assert type(pool.acquire("Counter")) is Newer


def test_a_class_that_cannot_be_made_says_which(pool: InstancePool) -> None:
    with pytest.raises(CasareError, match="Needy cannot be started") as found:
        pool.acquire("Needy")
    assert "Needy" in found.value.where
    with pytest.raises(CasareError, match="no node type"):
        pool.acquire("Nobody")


def test_an_object_that_does_not_start_again_is_not_lent(pool: InstancePool) -> None:
    BrokenLater.made = 0
    pool.release(pool.acquire("BrokenLater"))
    with pytest.raises(CasareError, match="no more"):
        pool.acquire("BrokenLater")
    assert pool.statistics[3:] == (0, 0)


def test_a_body_that_raises_is_given_back(pool: InstancePool) -> None:
    def fail() -> None:
        with pool.lend("Counter"):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert pool.statistics == (1, 0, 0, 0, 1)


@given(st.lists(st.tuples(st.sampled_from(["Counter", "Slotted", "Bag"]), st.booleans()), max_size=60))
def test_the_counts_always_add_up(steps: list[tuple[str, bool]]) -> None:
    known = Catalog(sources=lambda: ())
    for type_id in ("Counter", "Slotted", "Bag"):
        known.register(NodeType(type_id, type_id, "text"), TYPES[type_id])
    pool = InstancePool(known, max_per_type=2, max_total=3)
    out: list[Callable[..., Any]] = []
    for type_id, takes in steps:
        if takes or not out:
            out.append(pool.acquire(type_id))
        else:
            pool.release(out.pop(0))
    counts = pool.statistics
    assert counts.lent == len(out) == len({id(one) for one in out})
    assert counts.made == counts.lent + counts.waiting + counts.dropped
    assert counts.waiting <= 3


def test_bodies_come_in_the_order_of_the_document(known: Catalog) -> None:
    wanted = ["Counter", "Shout", "Slotted", "Counter", "Shout"]
    found = instantiate(known, wanted)
    assert [type(found.bodies[at]) for at in (0, 2, 3)] == [Counter, Slotted, Counter]
    assert found.bodies[1] is found.bodies[4] is shout
    assert found.bodies[0] is not found.bodies[3]
    assert found.failures == {}


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_threads_change_nothing_but_the_time(workers: int, count: int, known: Catalog) -> None:
    kinds = ("Counter", "Shout", "Bag", "Slotted", "SlottedChild")
    wanted = [kinds[at * at % 5] for at in range(count)]
    found = instantiate(known, wanted, workers=workers)
    expected = [TYPES[name] for name in wanted]
    assert [one if one is shout else type(one) for one in found.bodies] == expected
    objects = [one for one in found.bodies if one is not shout]
    assert len({id(one) for one in objects}) == len(objects)
    assert found.threads == max(1, min(workers, len(objects)))


def test_threads_really_share_the_work(known: Catalog) -> None:
    seen: set[int] = set()
    together = threading.Barrier(3)

    class Meeting:
        def __init__(self) -> None:
            together.wait(10)
            seen.add(threading.get_ident())

        def __call__(self) -> None:
            return None

    known.register(NodeType("Meeting", "Meeting", "text"), Meeting)
    assert len(instantiate(known, ["Meeting"] * 3, workers=3).bodies) == 3
    assert len(seen) == 3


@pytest.mark.parametrize("workers", [1, 3])
def test_a_type_that_fails_does_not_keep_the_others_from_their_bodies(workers: int, known: Catalog) -> None:
    found = instantiate(known, ["Counter", "Needy", "Nobody", "Shout", "Needy"], workers=workers)
    assert [one is None for one in found.bodies] == [False, True, True, False, True]
    assert sorted(found.failures) == ["Needy", "Nobody"]


def test_bodies_from_a_pool_go_back_to_it(known: Catalog) -> None:
    pool = InstancePool(known)
    first = instantiate(known, ["Counter", "Shout", "Slotted", "Nobody"], pool=pool)
    assert pool.statistics == (2, 0, 0, 2, 0)
    first.release(pool)
    assert pool.statistics == (2, 0, 0, 0, 2)
    second = instantiate(known, ["Slotted", "Counter"], pool=pool)
    assert {id(one) for one in second.bodies} == {id(first.bodies[0]), id(first.bodies[2])}


def test_each_type_is_resolved_once(known: Catalog) -> None:
    class Counting(Catalog):
        asked: list[str] = []  # noqa: RUF012

        def implementation(self, type_id: str) -> Callable[..., Any]:
            self.asked.append(type_id)
            return super().implementation(type_id)

    counting = Counting(sources=lambda: ())
    for type_id in ("Counter", "Shout"):
        counting.register(NodeType(type_id, type_id, "text"), TYPES[type_id])
    instantiate(counting, ["Counter", "Shout"] * 500)
    # Once by the preload, once for the body.
    assert sorted(counting.asked) == ["Counter", "Counter", "Shout", "Shout"]


def test_threads_are_not_used_under_the_interpreter_lock(known: Catalog) -> None:
    parallel_from.cache_clear()
    expected = 1 if parallel_from() is None else WORKERS
    assert interpreter_lock() <= (parallel_from() is None)
    assert instantiate(known, ["Counter"] * 5_000).threads == expected


class Ticks:
    """A clock that says a piece of work took what a table says."""

    def __init__(self, times: list[float]) -> None:
        self._times: Iterator[float] = iter(times)
        self._now = 0.0
        self._running = False

    def __call__(self) -> float:
        if self._running:
            self._now += next(self._times)
        self._running = not self._running
        return self._now


@pytest.mark.parametrize(
    ("times", "threshold"),
    [
        ([1, 1, 1, 0.5, 2, 2], 10),
        ([1, 1, 1, 0.9, 0.9, 0.9] * 2, None),
        ([1, 1, 1, 3, 3, 3, 4, 4, 4, 2, 9, 9], 20),
        ([5, 1, 9, 0.85, 0.85, 0.85] * 2, None),
    ],
)
def test_the_threshold_is_the_first_size_at_which_threads_win_clearly(
    times: list[float], threshold: int | None
) -> None:
    assert measured_threshold(workers=2, clock=Ticks(times), sizes=(10, 20)) == threshold


def test_many_threads_never_get_the_same_object(known: Catalog) -> None:
    pool = InstancePool(known, max_per_type=4)
    held: set[int] = set()
    guard = threading.Lock()

    def work(_: int) -> bool:
        with pool.lend("Counter") as body:
            with guard:
                alone = id(body) not in held
                held.add(id(body))
            alone = body() == 1 and alone
            with guard:
                held.discard(id(body))
        return alone

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(work, range(2_000)))
    counts = pool.statistics
    assert (counts.lent, counts.made + counts.reused) == (0, 2_000)
