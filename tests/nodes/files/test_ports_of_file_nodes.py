"""Files made with CasareRPA name these types, ports, settings and defaults, so they must be there exactly."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest

from casare.sdk import Context, DataType, NodeType, PortKind, declared_types

MODULES = (
    "casare.nodes.files.files",
    "casare.nodes.files.file_moves",
    "casare.nodes.files.file_facts",
    "casare.nodes.files.folders",
    "casare.nodes.files.csv_data",
    "casare.nodes.files.json_files",
    "casare.nodes.files.archives",
    "casare.nodes.files.file_families",
    "casare.nodes.documents.images",
    "casare.nodes.values.randoms",
    "casare.nodes.values.dates",
    "casare.nodes.xml.xml_data",
    "casare.nodes.xml.xml_query",
    "casare.nodes.system.system",
    "casare.nodes.values.identifiers",
    "casare.nodes.web.urls",
)
TYPES: dict[str, NodeType] = {
    spec.id: spec for name in MODULES for spec in declared_types(importlib.import_module(name))
}

# Type | settings with their defaults (a bare key is off or empty) | inputs | outputs.
REFERENCE = """
ReadFile | file_path encoding=utf-8 binary_mode errors=strict max_size allow_dangerous_paths | file_path:s | content:s size:i success:b
WriteFile | file_path content encoding=utf-8 binary_mode create_dirs=True errors=strict append_mode allow_dangerous_paths | file_path:s content:s | file_path:s attachment_file:l bytes_written:i success:b
AppendFile | file_path content encoding=utf-8 create_if_missing=True allow_dangerous_paths | file_path:s content:s | file_path:s bytes_written:i success:b
DeleteFile | file_path ignore_missing allow_dangerous_paths | file_path:s | deleted_path:s success:b
CopyFile | source_path dest_path overwrite create_dirs=True allow_dangerous_paths | source_path:s dest_path:s | dest_path:s bytes_copied:i success:b
MoveFile | source_path dest_path overwrite create_dirs=True allow_dangerous_paths | source_path:s dest_path:s | dest_path:s success:b
CreateDirectory | directory_path parents=True exist_ok=True allow_dangerous_paths | directory_path:s | dir_path:s success:b
ListDirectory | dir_path pattern=* recursive files_only dirs_only allow_dangerous_paths | dir_path:s | items:l count:i success:b
ListFiles | directory_path pattern=* recursive allow_dangerous_paths | directory_path:s | files:l count:i success:b
FileExists | path check_type=any allow_dangerous_paths | path:s | exists:b is_file:b is_dir:b
GetFileSize | file_path allow_dangerous_paths | file_path:s | size:i success:b
GetFileInfo | file_path allow_dangerous_paths | file_path:s | size:i created:s modified:s extension:s name:s parent:s success:b
ReadCSV | file_path delimiter=, has_header=True encoding=utf-8 quotechar=" skip_rows max_rows strict | file_path:s | data:l headers:l row_count:i success:b
WriteCSV | file_path delimiter=, write_header=True encoding=utf-8 | file_path:s data:l headers:l | file_path:s attachment_file:l row_count:i success:b
ReadJSONFile | file_path encoding=utf-8 | file_path:s | data:* success:b
WriteJSONFile | file_path encoding=utf-8 indent=2 ensure_ascii | file_path:s data:* | file_path:s attachment_file:l success:b
ZipFiles | zip_path source_path base_dir compression=ZIP_DEFLATED | zip_path:s source_path:s files:l base_dir:s | zip_path:s attachment_file:l file_count:i success:b
UnzipFiles | zip_path extract_to | zip_path:s extract_to:s | extract_to:s files:l file_count:i success:b
ImageConvert | source_path output_path output_format=JPEG quality=85 scale_percent=100% overwrite recursive allow_dangerous_paths | source_path:s | output_path:s files:l file_count:i format:s success:b
RandomNumber | integer_only | min_value:f max_value:f | result:f
RandomChoice | items count=1 allow_duplicates | items:l | result:* index:i
RandomString | include_uppercase=True include_lowercase=True include_digits=True include_special custom_chars | length:i | result:s
RandomUUID | version=4 format=standard | | result:s
ShuffleList | items | items:l | result:l
GetCurrentDateTime | timezone format | | datetime:s timestamp:f year:i month:i day:i hour:i minute:i second:i day_of_week:s
FormatDateTime | datetime input_format format=%Y-%m-%d_%H:%M:%S | datetime:* input_format:s | result:s
ParseDateTime | datetime_string format | datetime_string:s | timestamp:f year:i month:i day:i hour:i minute:i second:i iso_format:s success:b
DateTimeAdd | | datetime:* years:i months:i weeks:i days:i hours:i minutes:i seconds:i | result:s timestamp:f
DateTimeDiff | datetime_1 datetime_2 | datetime_1:* datetime_2:* | total_seconds:f total_minutes:f total_hours:f total_days:f days:i hours:i minutes:i seconds:i
DateTimeCompare | datetime_1 datetime_2 | datetime_1:* datetime_2:* | is_before:b is_after:b is_equal:b comparison:i
GetTimestamp | milliseconds | | timestamp:f
ParseXML | xml_string | xml_string:s | root_tag:s root_text:s child_count:i success:b
ReadXMLFile | file_path encoding=utf-8 | file_path:s | root_tag:s xml_string:s success:b
WriteXMLFile | file_path xml_string encoding=utf-8 pretty_print=True xml_declaration=True | file_path:s xml_string:s | file_path:s success:b
XPathQuery | xml_string xpath | xml_string:s xpath:s | results:l count:i first_text:s success:b
GetXMLElement | xml_string tag_name index | xml_string:s tag_name:s index:i | tag:s text:s attributes:d child_count:i found:b
GetXMLAttribute | xml_string xpath=. attribute_name | xml_string:s xpath:s attribute_name:s | value:s found:b
XMLToJson | xml_string include_attributes=True text_key=#text | xml_string:s | json_data:d json_string:s success:b
JsonToXML | json_data root_tag=root pretty_print=True | json_data:* | xml_string:s success:b
Base64 | action=encode input_text | input_text:s | output:s success:b
UUIDGenerator | uuid_version=4 count=1 | | uuid:s uuids:l success:b
EnvironmentVariable | action=get var_name value scope=process | var_name:s value:s | result_value:s exists:b success:b
SystemInfo | info_type=all | | info:d os_name:s cpu_percent:f ram_percent:f disk_percent:f
LogToFile | log_file_path log_message level=INFO append=True add_timestamp=True | log_message:s | success:b lines_written:i
BuildUrl | base_url path params | base_url:s path:s params:d | url:s
SetHttpHeaders | header_name header_value headers_json | base_headers:d header_name:s header_value:s headers_json:d | headers:d
ParseJsonResponse | path default | json_data:* path:s default:* | value:* success:b error:s
HttpAuth | credential_name auth_type=Bearer token username password api_key_name=X-API-Key | credential_name:s auth_type:s token:s username:s password:s api_key_name:s base_headers:d | headers:d
"""  # noqa: E501 - one type on one line reads as a table
ROWS = [tuple(part.strip() for part in line.split("|")) for line in REFERENCE.strip().splitlines()]
LETTERS = {
    DataType.TEXT: "s",
    DataType.INTEGER: "i",
    DataType.NUMBER: "f",
    DataType.BOOLEAN: "b",
    DataType.LIST: "l",
    DataType.DICT: "d",
    DataType.ANY: "*",
}

# Keys that files use for a setting that the node itself calls something else.
OLD_KEYS = """
ReadFile path file_path
WriteFile path file_path
DeleteFile path file_path
FileExists file_path path
FileExists dir_path path
CreateDirectory dir_path directory_path
ListDirectory directory_path dir_path
ListFiles dir_path directory_path
RandomNumber min min_value
RandomNumber max max_value
RandomChoice list items
ShuffleList list items
EnvironmentVariable name var_name
XPathQuery query xpath
GetXMLElement path tag_name
GetXMLAttribute attribute attribute_name
"""

FAMILIES = {
    "FileSystemSuperNode": "Read File, Write File, Append File, Delete File, Copy File, Move File, File Exists, "
    "Get File Size, Get File Info, Create Directory, List Files, List Directory",
    "StructuredDataSuperNode": "Read CSV, Write CSV, Read JSON, Write JSON, Zip Files, Unzip Files, Image Convert",
}
REPLACED = {
    "ReadFileNode": "Read File", "WriteFileNode": "Write File", "AppendFileNode": "Append File",
    "DeleteFileNode": "Delete File", "CopyFileNode": "Copy File", "MoveFileNode": "Move File",
    "FileExistsNode": "File Exists", "GetFileSizeNode": "Get File Size", "GetFileInfoNode": "Get File Info",
    "CreateDirectoryNode": "Create Directory", "ListFilesNode": "List Files", "ListDirectoryNode": "List Directory",
    "ReadCSVNode": "Read CSV", "WriteCSVNode": "Write CSV", "ReadJSONFileNode": "Read JSON",
    "WriteJSONFileNode": "Write JSON", "ImageConvertNode": "Image Convert",
    "ZipFilesNode": "Zip Files", "UnzipFilesNode": "Unzip Files",
}  # fmt: skip


def body_of(spec: NodeType) -> Any:
    return getattr(importlib.import_module(spec.module), spec.qualname)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_type_has_the_ports_of_existing_files(row: tuple[str, ...]) -> None:
    name, _, inputs, outputs = row
    spec = TYPES[f"{name}Node"]
    data = [port for port in spec.inputs if port.kind is PortKind.DATA]
    given = [port for port in spec.outputs if port.kind is PortKind.DATA]
    assert [f"{port.name}:{LETTERS[port.type]}" for port in data] == inputs.split()
    assert [f"{port.name}:{LETTERS[port.type]}" for port in given] == outputs.split()
    assert [port.name for port in (*spec.inputs, *spec.outputs) if port.kind is PortKind.CONTROL] == [
        "exec_in",
        "exec_out",
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_type_has_the_settings_and_defaults_of_existing_files(row: tuple[str, ...]) -> None:
    spec = TYPES[f"{row[0]}Node"]
    for setting in row[1].split():
        key, _, default = setting.partition("=")
        param = spec.param(key)
        assert param is not None, key
        assert param.name == key
        if default:
            assert str(param.default).replace(" ", "_") == default
        else:
            assert not param.default


@pytest.mark.parametrize("line", OLD_KEYS.strip().splitlines())
def test_a_key_of_older_files_finds_its_setting(line: str) -> None:
    name, old, new = line.split()
    param = TYPES[f"{name}Node"].param(old)
    assert param is not None
    assert param.name == new


def test_the_table_covers_every_type_but_the_families() -> None:
    assert {f"{row[0]}Node" for row in ROWS} | set(FAMILIES) == set(TYPES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_offers_its_actions_in_order(family: str) -> None:
    spec = TYPES[family]
    assert spec.member_param == "action"
    assert ", ".join(value for value, _ in spec.members) == FAMILIES[family]
    assert all(member in TYPES for _, member in spec.members)


@pytest.mark.parametrize("old", REPLACED)
def test_a_legacy_type_names_the_action_that_is_itself(old: str) -> None:
    replaced = TYPES[old].replaced_by
    assert replaced is not None
    family, config = replaced
    assert dict(config) == {"action": REPLACED[old]}
    assert (REPLACED[old], old) in TYPES[family].members


@pytest.mark.parametrize("type_id", [spec.id for spec in TYPES.values() if spec.pure])
def test_a_pure_type_asks_nothing_of_the_run(type_id: str) -> None:
    assert Context not in inspect.get_annotations(body_of(TYPES[type_id]), eval_str=True).values()
