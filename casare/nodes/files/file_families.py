"""The two nodes that stand for whole groups of file nodes: their `action` chooses the member."""

from __future__ import annotations

from casare.nodes.documents.images import image_convert
from casare.nodes.files.archives import unzip_files, zip_files
from casare.nodes.files.csv_data import read_csv, write_csv
from casare.nodes.files.file_facts import file_exists, get_file_info, get_file_size
from casare.nodes.files.file_moves import copy_file, delete_file, move_file
from casare.nodes.files.files import append_file, read_file, write_file
from casare.nodes.files.folders import create_directory, list_directory, list_files
from casare.nodes.files.json_files import read_json_file, write_json_file
from casare.sdk import family

FILE_SYSTEM = family(
    "FileSystemSuperNode",
    title="File system",
    category="files",
    icon="hard-drive",
    summary="Read, write, copy, move, list and check files and folders.",
    members={
        "Read File": read_file,
        "Write File": write_file,
        "Append File": append_file,
        "Delete File": delete_file,
        "Copy File": copy_file,
        "Move File": move_file,
        "File Exists": file_exists,
        "Get File Size": get_file_size,
        "Get File Info": get_file_info,
        "Create Directory": create_directory,
        "List Files": list_files,
        "List Directory": list_directory,
    },
    keywords=("file", "folder", "directory", "disk", "path"),
)

STRUCTURED_DATA = family(
    "StructuredDataSuperNode",
    title="Structured data",
    category="files",
    icon="file-spreadsheet",
    summary="Read and write CSV and JSON files, pack and unpack ZIP archives, convert images.",
    members={
        "Read CSV": read_csv,
        "Write CSV": write_csv,
        "Read JSON": read_json_file,
        "Write JSON": write_json_file,
        "Zip Files": zip_files,
        "Unzip Files": unzip_files,
        "Image Convert": image_convert,
    },
    keywords=("csv", "json", "zip", "table", "archive", "image"),
)
