"""Workflow files: reading, writing, previews, and synthetic ones for tests.

The API:

- `load(path, catalog)`, `load_bytes(data, catalog)` -> `Loaded(graph, problems, source, timings)`. Only what is no
  workflow at all is refused; everything milder is a `Problem`, and what cannot be read is written back as it was.
- `save(graph, path)` -> `Saved(path, bytes, ratio)`, atomically. It splits into `prepare` (all the work, on any thread,
  from `graph.copy()`) and `write`. `encode(graph)` gives the canonical text.
- `preview(path, catalog, cache)` -> `Preview`; `read_skeleton(path)` reads at most 64 KiB of any file.
- `keeping.journal.JournalFile`, `read_journal`: unsaved edits on disk; `keeping.generations.Generations`: earlier
  versions.
- `generate(n, seed, shape)` -> a valid synthetic graph.

Lives here: the file format, its limits and problems (`bytes`, `reading`, `writing`), skeletons and pictures with the
preview cache (`skeletons`), the bytes of journals and earlier versions (`keeping`). Does not live here: what a graph is
(`model`), node types (`catalog`), open documents, when a journal is written, recents (`app`), drawing (`ui`).
"""

from casare.storage.bytes.formats import Format, Limits, format_by_suffix
from casare.storage.bytes.png_carrier import with_workflow
from casare.storage.bytes.source import FileFacts
from casare.storage.keeping.stamps import Stamp
from casare.storage.reading.known_types import KnownTypes
from casare.storage.reading.problems import Problem, Severity
from casare.storage.reading.reader import Loaded, load, load_bytes
from casare.storage.skeletons.picture import Box, Picture
from casare.storage.skeletons.preview import Preview, correct_preview, note_grade, preview, read_skeleton
from casare.storage.skeletons.preview_cache import PreviewCache
from casare.storage.skeletons.skeleton import Skeleton
from casare.storage.synthetic.generate import Shape, generate
from casare.storage.writing.encode import encode, subflow_object
from casare.storage.writing.writer import Packed, Saved, prepare, save, write

__all__ = [
    "Box",
    "FileFacts",
    "Format",
    "KnownTypes",
    "Limits",
    "Loaded",
    "Packed",
    "Picture",
    "Preview",
    "PreviewCache",
    "Problem",
    "Saved",
    "Severity",
    "Shape",
    "Skeleton",
    "Stamp",
    "correct_preview",
    "encode",
    "format_by_suffix",
    "generate",
    "load",
    "load_bytes",
    "note_grade",
    "prepare",
    "preview",
    "read_skeleton",
    "save",
    "subflow_object",
    "with_workflow",
    "write",
]
