"""Which data type an annotation stands for."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Optional

import pytest

from casare.sdk import DataType
from casare.sdk.types import choices_of, data_type_of


@pytest.mark.parametrize(
    ("annotation", "data_type"),
    [
        (int, DataType.INTEGER),
        (int | None, DataType.INTEGER),
        (Optional[int], DataType.INTEGER),  # noqa: UP045
        (float, DataType.NUMBER),
        (float | None, DataType.NUMBER),
        (int | float, DataType.NUMBER),
        (int | float | None, DataType.NUMBER),
        (Annotated[int | None, "told"], DataType.INTEGER),
        (int | str, DataType.ANY),
        (list[int] | None, DataType.LIST),
        (Literal["a", "b"], DataType.TEXT),
        (Literal[1, 2] | None, DataType.INTEGER),
        (Any, DataType.ANY),
    ],
)
def test_an_annotation_stands_for_a_data_type(annotation: Any, data_type: DataType) -> None:
    assert data_type_of(annotation) is data_type


@pytest.mark.parametrize(
    ("annotation", "choices"), [(Literal["a"] | None, ("a",)), (Annotated[Literal[1, 2], "told"], (1, 2)), (int, ())]
)
def test_choices_are_found_inside_other_annotations(annotation: Any, choices: tuple[Any, ...]) -> None:
    assert choices_of(annotation) == choices
