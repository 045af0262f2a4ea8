"""The node that stands for all of HTTP: its `action` chooses the member."""

from __future__ import annotations

from casare.nodes.web import http_files, http_requests, urls
from casare.sdk import family

HTTP = family(
    "HttpSuperNode",
    title="HTTP",
    category="network",
    icon="globe",
    summary="Ask a server, download and upload files, make the headers of a login.",
    members={
        "GET Request": http_requests.http_get,
        "POST Request": http_requests.http_post,
        "PUT Request": http_requests.http_put,
        "PATCH Request": http_requests.http_patch,
        "DELETE Request": http_requests.http_delete,
        "Download File": http_files.http_download_file,
        "Upload File": http_files.http_upload_file,
        "Configure Auth": urls.http_auth,
    },
    aliases=("HTTPSuperNode",),
    keywords=("rest", "api", "web", "request", "fetch", "call"),
)
