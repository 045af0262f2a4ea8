"""Files over HTTP: download one without holding it in memory, upload one as a form does."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NamedTuple

from casare.nodes.files.paths import CreateFolders, existing_file, file_to_write
from casare.nodes.web.http_client import Limits, exchange, refuse_failure, request_of
from casare.nodes.web.http_requests import Answer, Headers, Proxy, RetryCount, RetryDelay, Url, VerifySsl, ask
from casare.sdk import (
    Bound,
    Context,
    Cost,
    Out,
    Param,
    Visibility,
    Widget,
    as_dict,
    as_flag,
    as_integer,
    as_text,
    node,
)

_COST = Cost(complexity=6, runtime_ms=1500, memory_mb=4, bound=Bound.IO)
_Timeout = Annotated[float, Param(minimum=0.1, unit="s", help="When to give up one attempt.")]
_Internal = Annotated[
    bool,
    Param(visibility=Visibility.ADVANCED, help="Of older files. Addresses in the own network are never refused here."),
]


class Downloaded(NamedTuple):
    """A file that came from a server."""

    file_path: Annotated[str, Out(aliases=("path", "save_path"), help="Where the file is now.")]
    file_size: Annotated[int, Out(aliases=("size",), help="In bytes.")]
    success: bool
    error: str


@node(
    "HttpDownloadFileNode",
    title="Download file",
    category="network",
    icon="download",
    cost=_COST,
    headline="url",
    keywords=("http", "fetch", "save", "web", "get"),
)
async def http_download_file(
    context: Context,
    url: Url,
    save_path: Annotated[
        str,
        Param(
            widget=Widget.SAVE_FILE,
            aliases=("file_path", "path", "destination", "output_path"),
            placeholder="downloads/report.pdf",
            help="Where to put it.",
        ),
    ],
    headers: Headers = None,
    timeout: _Timeout = 300.0,
    allow_internal_urls: _Internal = False,
    *,
    overwrite: Annotated[bool, Param(help="Replaces a file that is there; without it the node fails.")] = True,
    create_dirs: CreateFolders = True,
    verify_ssl: VerifySsl = True,
    proxy: Proxy = "",
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 2.0,
    chunk_size: Annotated[
        int, Param(minimum=1024, unit="bytes", visibility=Visibility.ADVANCED, help="How much to write at once.")
    ] = 8192,
) -> Downloaded:
    """Download a file.

    It is written as it comes, next to its place, and put there when it is whole: a download that breaks off leaves
    what was there before. The node fails when the server answers with an error.
    """
    path = file_to_write(context, save_path, "save_path", create_dirs=create_dirs)
    if path.exists() and not as_flag(overwrite, "overwrite"):
        raise FileExistsError(f"There is a file at {path} (save_path); overwrite replaces it")
    limits = Limits(timeout, verify_ssl, retry_count, retry_delay, proxy=proxy)
    piece = max(1024, as_integer(chunk_size, "chunk_size"))
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:

            async def take(answer: Any) -> int:
                refuse_failure(answer, as_text(url))
                # What an attempt that broke off has left is written over.
                stream.seek(0)
                stream.truncate()
                async for chunk in answer.aiter_bytes(piece):
                    stream.write(chunk)
                return stream.tell()

            size = await exchange(request_of("GET", url, headers, None), limits, context, take)
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    finally:
        Path(partial).unlink(missing_ok=True)
    return Downloaded(str(path), size, True, "")


@node(
    "HttpUploadFileNode",
    title="Upload file",
    category="network",
    icon="upload",
    cost=_COST,
    headline="{file_path} to {url}",
    keywords=("http", "send", "multipart", "form", "post", "web"),
)
async def http_upload_file(
    context: Context,
    url: Url,
    file_path: Annotated[str, Param(widget=Widget.FILE, aliases=("path",), help="The file to send.")],
    field_name: Annotated[str, Param(help="What the server calls the file in its form.")] = "file",
    headers: Headers = None,
    extra_fields: Annotated[
        dict[str, Any] | None, Param(aliases=("form_fields", "data"), help="Other fields of the form.")
    ] = None,
    timeout: _Timeout = 300.0,
    allow_internal_urls: _Internal = False,
    *,
    verify_ssl: VerifySsl = True,
    retry_count: RetryCount = 0,
    retry_delay: RetryDelay = 2.0,
) -> Answer:
    """Upload a file the way a web form does (multipart form data, POST).

    An answer with an error status is an answer: *success* is false and *error* says which.
    """
    path = existing_file(context, file_path)
    fields = {str(name): as_text(value) for name, value in as_dict(extra_fields, "extra_fields").items()}
    name = as_text(field_name).strip() or "file"
    with path.open("rb") as stream:

        def sent() -> dict[str, Any]:
            held: BinaryIO = stream
            held.seek(0)
            return {"files": {name: (path.name, held)}, "data": fields}

        request = request_of("POST", url, headers, None)._replace(sent=sent)
        return await ask(request, Limits(timeout, verify_ssl, retry_count, retry_delay), context)
