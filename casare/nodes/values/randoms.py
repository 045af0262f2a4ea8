"""Chance: random numbers, choices, texts, UUIDs and orders.

Each node draws from the operating system's generator, good enough for passwords, unless it is given a seed: then it
gives the same values in every run.
"""

from __future__ import annotations

import random
import string
import uuid
from typing import Annotated, Any, Literal, NamedTuple

from casare.sdk import Cost, Out, Param, Visibility, as_choice, as_flag, as_integer, as_items, as_number, as_text, node

_Seed = Annotated[
    int | None,
    Param(visibility=Visibility.ADVANCED, help="The same seed gives the same values in every run; empty for chance."),
]
_QUICK = Cost(complexity=1, runtime_ms=0.05, memory_mb=0.1)
_LONGEST_TEXT = 1_000_000


class Chosen(NamedTuple):
    """What chance picked from a list."""

    result: Annotated[Any, Out(help="The item, or a list of items when `count` is not 1.", aliases=("item", "choice"))]
    position: Annotated[int, Out("index", help="Where the item is in the list; -1 when `count` is not 1.")]


@node(
    "RandomNumberNode",
    title="Random number",
    category="maths",
    icon="dices",
    cost=_QUICK,
    headline="{min_value} to {max_value}",
    keywords=("dice", "chance", "integer", "range"),
)
def random_number(
    min_value: Annotated[float, Param(aliases=("min", "minimum"), help="The smallest number that can come.")] = 0,
    max_value: Annotated[float, Param(aliases=("max", "maximum"), help="The largest number that can come.")] = 100,
    *,
    integer_only: Annotated[bool, Param(help="Gives whole numbers, both ends included.")] = False,
    seed: _Seed = None,
) -> Annotated[float, Out(aliases=("number", "value"))]:
    """Draw a random number between two bounds.

    Bounds the wrong way round are swapped. Whole numbers are drawn from those inside the bounds, both ends included.
    """
    low, high = sorted((as_number(min_value, "min_value"), as_number(max_value, "max_value")))
    chance = _chance(seed)
    if not as_flag(integer_only, "integer_only"):
        return chance.uniform(low, high)
    first, last = -int(-low // 1), int(high // 1)
    if first > last:
        raise ValueError(f"There is no whole number between min_value {low} and max_value {high}")
    return chance.randint(first, last)


@node(
    "RandomChoiceNode",
    title="Random choice",
    category="data",
    icon="dices",
    cost=_QUICK,
    headline="{count} of {items}",
    keywords=("pick", "sample", "select", "draw", "lottery"),
)
def random_choice(
    items: Annotated[list[Any], Param(aliases=("list",), help="What to choose from: a list, or text with commas.")],
    *,
    count: Annotated[int, Param(minimum=1, help="How many items to choose.")] = 1,
    allow_duplicates: Annotated[bool, Param(help="Lets one item be chosen more than once.")] = False,
    seed: _Seed = None,
) -> Chosen:
    """Choose items of a list by chance.

    Without duplicates, asking for more items than there are gives all of them, in random order.
    """
    things = as_items(items, "items")
    wanted = as_integer(count, "count")
    if not things:
        raise ValueError("items is empty, so there is nothing to choose from")
    if wanted < 1:
        raise ValueError(f"count must be at least 1, but it is {wanted}")
    chance = _chance(seed)
    if wanted == 1:
        position = chance.randrange(len(things))
        return Chosen(things[position], position)
    if as_flag(allow_duplicates, "allow_duplicates"):
        return Chosen(chance.choices(things, k=wanted), -1)
    return Chosen(chance.sample(things, min(wanted, len(things))), -1)


@node(
    "RandomStringNode",
    title="Random text",
    category="text",
    icon="dices",
    cost=_QUICK,
    headline="{length} characters",
    keywords=("password", "token", "code", "characters"),
)
def random_string(
    length: Annotated[int, Param(minimum=0, maximum=_LONGEST_TEXT, unit="characters", help="How long.")] = 8,
    *,
    include_uppercase: Annotated[bool, Param(help="Uses A to Z.")] = True,
    include_lowercase: Annotated[bool, Param(help="Uses a to z.")] = True,
    include_digits: Annotated[bool, Param(help="Uses 0 to 9.")] = True,
    include_special: Annotated[bool, Param(help="Uses marks such as ! and #.")] = False,
    custom_chars: Annotated[str, Param(help="Uses these characters only, whatever is chosen above.")] = "",
    seed: _Seed = None,
) -> Annotated[str, Out(aliases=("text", "string"))]:
    """Make a random text, such as a password or a code."""
    size = as_integer(length, "length")
    if not 0 <= size <= _LONGEST_TEXT:
        raise ValueError(f"length must be from 0 to {_LONGEST_TEXT}, but it is {size}")
    groups = (
        (include_uppercase, "include_uppercase", string.ascii_uppercase),
        (include_lowercase, "include_lowercase", string.ascii_lowercase),
        (include_digits, "include_digits", string.digits),
        (include_special, "include_special", string.punctuation),
    )
    letters = as_text(custom_chars) or "".join(found for wanted, name, found in groups if as_flag(wanted, name))
    if not letters:
        raise ValueError("There is no character to use: switch on a group, or write some into custom_chars")
    return "".join(_chance(seed).choices(letters, k=size))


@node(
    "RandomUUIDNode",
    title="Random UUID",
    category="text",
    icon="hash",
    cost=_QUICK,
    headline="version",
    keywords=("guid", "id", "unique", "identifier"),
)
def random_uuid(
    *,
    version: Annotated[Literal[4, 1], Param(help="4 is pure chance; 1 holds the time and the computer.")] = 4,
    format: Annotated[
        Literal["standard", "hex", "urn"], Param(help="With dashes, without, or with urn:uuid: in front.")
    ] = "standard",
    seed: _Seed = None,
) -> Annotated[str, Out(aliases=("uuid", "value"))]:
    """Make an identifier that no other computer will make.

    A seed makes version 4 repeatable; version 1 always takes the time.
    """
    kind = as_integer(version, "version")
    if kind not in (1, 4):
        raise ValueError(f"version must be 4 or 1, but it is {kind}")
    made = uuid.uuid1() if kind == 1 else uuid.UUID(int=_chance(seed).getrandbits(128), version=4)
    shape = as_choice(format, ("standard", "hex", "urn"), "format")
    return {"standard": str(made), "hex": made.hex, "urn": made.urn}[shape]


@node(
    "ShuffleListNode",
    title="Shuffle list",
    category="data",
    icon="shuffle",
    cost=Cost(complexity=2, runtime_ms=0.2, memory_mb=1),
    headline="items",
    keywords=("random", "mix", "order", "permute"),
)
def shuffle_list(
    items: Annotated[list[Any], Param(aliases=("list",), help="The list to shuffle, or text with commas.")],
    *,
    seed: _Seed = None,
) -> Annotated[list[Any], Out(aliases=("list", "shuffled", "shuffled_list"))]:
    """Put the items of a list into random order.

    The list that came in stays as it was.
    """
    things = as_items(items, "items")
    _chance(seed).shuffle(things)
    return things


def _chance(seed: object) -> random.Random:
    if seed is None or seed == "":
        return random.SystemRandom()
    return random.Random(as_integer(seed, "seed"))
