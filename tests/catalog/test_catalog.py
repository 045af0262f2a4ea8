"""What the catalog answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from casare.catalog import Catalog
from casare.catalog.order import CATEGORIES
from casare.foundation.errors import CasareError
from casare.sdk import NodeType, Param, PortKind

MIGRATIONS = {
    "ReadFileNode": ("FileSystemSuperNode", "Read File"),
    "WriteFileNode": ("FileSystemSuperNode", "Write File"),
    "AppendFileNode": ("FileSystemSuperNode", "Append File"),
    "DeleteFileNode": ("FileSystemSuperNode", "Delete File"),
    "CopyFileNode": ("FileSystemSuperNode", "Copy File"),
    "MoveFileNode": ("FileSystemSuperNode", "Move File"),
    "FileExistsNode": ("FileSystemSuperNode", "File Exists"),
    "GetFileSizeNode": ("FileSystemSuperNode", "Get File Size"),
    "GetFileInfoNode": ("FileSystemSuperNode", "Get File Info"),
    "CreateDirectoryNode": ("FileSystemSuperNode", "Create Directory"),
    "ListFilesNode": ("FileSystemSuperNode", "List Files"),
    "ListDirectoryNode": ("FileSystemSuperNode", "List Directory"),
    "ReadCSVNode": ("StructuredDataSuperNode", "Read CSV"),
    "WriteCSVNode": ("StructuredDataSuperNode", "Write CSV"),
    "ReadJSONFileNode": ("StructuredDataSuperNode", "Read JSON"),
    "WriteJSONFileNode": ("StructuredDataSuperNode", "Write JSON"),
    "ZipFilesNode": ("StructuredDataSuperNode", "Zip Files"),
    "UnzipFilesNode": ("StructuredDataSuperNode", "Unzip Files"),
    "ImageConvertNode": ("StructuredDataSuperNode", "Image Convert"),
}


def shout(text: str) -> str:
    """Return the text in capitals."""
    return text.upper()


def spec(type_id: str = "ShoutNode", **changes: Any) -> NodeType:
    return NodeType(type_id, "Shout", "text", **changes)


@pytest.mark.parametrize("old", MIGRATIONS)
def test_an_old_file_node_becomes_its_super_node_and_keeps_its_configuration(catalog: Catalog, old: str) -> None:
    new, action = MIGRATIONS[old]
    assert catalog.migration(old, {"file_path": "a.txt"}) == (new, {"action": action, "file_path": "a.txt"})


@pytest.mark.parametrize("old", MIGRATIONS)
def test_a_migrated_node_has_the_ports_of_the_old_one(catalog: Catalog, old: str) -> None:
    new, action = MIGRATIONS[old]
    assert catalog.find(old) is not None
    assert catalog.ports(new, {"action": action}) == catalog.ports(old, {})


def test_keys_a_node_already_has_win_over_those_of_the_migration(catalog: Catalog) -> None:
    config = {"action": "Copy File", "file_path": "a"}
    assert catalog.migration("ReadFileNode", config) == ("FileSystemSuperNode", config)
    assert config == {"action": "Copy File", "file_path": "a"}


@pytest.mark.parametrize("type_id", ["LogNode", "FileSystemSuperNode", "NoSuchNode"])
def test_a_type_that_is_up_to_date_or_unknown_does_not_migrate(catalog: Catalog, type_id: str) -> None:
    assert catalog.migration(type_id, {"a": 1}) is None


@pytest.mark.parametrize(
    ("old", "new"), [("HTTPSuperNode", "HttpSuperNode"), ("EvaluateExpressionNode", "EvalExpressionNode")]
)
def test_a_name_of_existing_files_finds_the_type_that_is_meant(catalog: Catalog, old: str, new: str) -> None:
    assert catalog.canonical(old) == new
    assert catalog.find(old) is catalog.find(new) is not None


def test_an_alias_is_found_under_its_type_and_migrates_to_it(catalog: Catalog) -> None:
    assert catalog.canonical("BrowserWaitNode") == "WaitNode"
    assert catalog.find("BrowserWaitNode") is catalog.find("WaitNode")
    assert catalog.migration("BrowserWaitNode", {"timeout": 5}) is None, "the file stays as its author wrote it"


def test_an_unknown_type_is_none_and_its_own_canonical_name(catalog: Catalog) -> None:
    assert catalog.find("NoSuchNode") is None


@pytest.mark.parametrize("type_id", ["GetPageSourceNode", "GmailSendEmailNode", "GetCurrentUrlNode"])
def test_a_type_of_existing_files_that_casare_does_not_have_is_unknown_and_no_error(
    catalog: Catalog, type_id: str
) -> None:
    assert catalog.find(type_id) is None
    assert catalog.migration(type_id, {"url": "x"}) is None
    assert [port.name for port in catalog.ports(type_id, {}, ("exec_in",), ("exec_out",)).outputs] == ["exec_out"]
    assert catalog.problems == []
    assert catalog.canonical("NoSuchNode") == "NoSuchNode"


def test_the_palette_offers_an_old_type_as_its_replacement_with_the_action_set(catalog: Catalog) -> None:
    entries = [entry for entry in catalog.entries() if entry.described_by == "ReadFileNode"]
    assert [(entry.type_id, entry.preset) for entry in entries] == [("FileSystemSuperNode", {"action": "Read File"})]
    assert entries[0].title == catalog.find("ReadFileNode").title  # type: ignore[union-attr]


def test_no_two_entries_of_the_palette_add_the_same_thing(catalog: Catalog) -> None:
    made = [(entry.type_id, repr(sorted(entry.preset.items()))) for entry in catalog.entries()]
    assert len(set(made)) == len(made)


def test_a_renamed_type_is_not_offered_beside_its_new_name() -> None:
    fresh = Catalog(list)
    fresh.register(spec())
    fresh.register(spec("OldShoutNode", replaced_by=("ShoutNode", ())))
    assert [entry.type_id for entry in fresh.entries()] == ["ShoutNode"]


def test_types_come_by_category_in_the_order_of_the_palette(catalog: Catalog) -> None:
    seen = list(dict.fromkeys(found.category for found in catalog.types()))
    assert seen == catalog.categories() == [name for name in CATEGORIES if name in seen]


def test_every_data_input_of_a_built_in_type_can_be_typed_into_a_field(catalog: Catalog) -> None:
    for found in catalog.types():
        assert found.id.endswith("Node"), found.id
        wired = {param.name for param in found.params if param.wired}
        assert wired == {port.name for port in found.inputs if port.kind is PortKind.DATA}, found.id


def test_every_built_in_body_can_be_imported(catalog: Catalog) -> None:
    plain = [found.id for found in catalog.types() if not found.member_param]
    assert catalog.preload(plain) == []
    assert all(callable(catalog.implementation(type_id)) for type_id in plain)


def test_every_member_of_every_family_exists_and_every_replacement_too(catalog: Catalog) -> None:
    for found in catalog.types():
        for value, _ in found.members:
            assert catalog.member(found, {found.member_param: value}) is not None, (found.id, value)
        if found.replaced_by is not None:
            assert catalog.find(found.replaced_by[0]) is not None, found.id


def test_a_type_that_is_no_family_has_no_member(catalog: Catalog) -> None:
    log = catalog.find("LogNode")
    assert log is not None
    assert catalog.member(log, {"action": "Read File"}) is None


def test_a_type_registered_late_is_seen_everywhere_and_told() -> None:
    fresh = Catalog(list)
    assert fresh.types() == []
    assert fresh.ports("ShoutNode", {}).inputs == ()
    told: list[int] = []
    fresh.changed.connect(lambda: told.append(fresh.revision))
    before = fresh.revision
    fresh.register(spec(aliases=("YellNode",), params=(Param("text"),)), shout)
    assert told == [before + 1]
    assert fresh.find("YellNode") is fresh.find("ShoutNode")
    assert [found.id for found in fresh.types()] == ["ShoutNode"]
    assert fresh.categories() == ["text"]
    assert [param.name for param in fresh.params("ShoutNode", {})] == ["text"]
    assert fresh.implementation("ShoutNode")("a") == "A"


def test_a_type_registered_again_replaces_the_first_and_its_remembered_ports() -> None:
    fresh = Catalog(list)
    fresh.register(spec(), shout)
    assert fresh.ports("ShoutNode", {}).outputs == ()
    assert fresh.implementation("ShoutNode") is shout
    from casare.sdk import Port

    fresh.register(spec(outputs=(Port("result"),)), str.lower)
    assert [port.name for port in fresh.ports("ShoutNode", {}).outputs] == ["result"]
    assert fresh.implementation("ShoutNode") is str.lower
    assert len(fresh.types()) == 1


def test_a_late_type_outlives_a_refresh() -> None:
    fresh = Catalog(list)
    fresh.register(spec(), shout)
    fresh.refresh()
    assert fresh.find("ShoutNode") is not None


@pytest.mark.parametrize("type_id", ["NoSuchNode", "FileSystemSuperNode"])
def test_asking_for_a_body_that_is_not_there_says_what_to_do(catalog: Catalog, type_id: str) -> None:
    with pytest.raises(CasareError) as caught:
        catalog.implementation(type_id)
    assert type_id in caught.value.what
    assert caught.value.mend


def test_preloading_and_asking_share_one_body(catalog: Catalog) -> None:
    assert catalog.preload(["LogNode", "NoSuchNode", "FileSystemSuperNode"]) == []
    assert catalog.implementation("LogNode") is catalog.implementation("LogNode")


def _mixed_operations(fresh: Catalog, thread: int) -> Callable[[], None]:
    def work() -> None:
        for number in range(100):
            type_id = f"Late{thread}x{number}Node"
            fresh.register(spec(type_id, aliases=(f"Alias{type_id}",)), shout)
            assert fresh.find(f"Alias{type_id}") is not None
            assert fresh.find("LogNode") is not None
            assert fresh.migration("ReadFileNode", {}) is not None
            assert fresh.implementation("LogNode") is fresh.implementation("LogNode")
            assert fresh.implementation(type_id) is shout
            assert fresh.ports("SwitchNode", {"cases": [thread, number]}).output("case_1") is not None
            assert fresh.ports("FileSystemSuperNode", {"action": "Copy File"}).input("source_path") is not None
            assert fresh.ports("FileSystemSuperNode", {"action": "Read File"}).input("source_path") is None
            if number % 20 == 0:
                assert len(fresh.types()) > 100
                assert "flow" in fresh.categories()

    return work


def test_four_threads_doing_a_hundred_mixed_operations_each_agree(catalog: Catalog) -> None:
    fresh = Catalog()
    errors: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(_mixed_operations(fresh, number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert fresh.revision == 400
    assert len(fresh.types()) == len(catalog.types()) + 400
