"""Reports in the formats of others: an HTML page, a Chrome trace, JUnit XML and SARIF for gates.

Lives here: turning a report into text. Does not live here: writing files, which the caller does atomically, and the
JSON and CSV of casare's own (`profiling.reporting.schema`, `profiling.reporting.table`).
"""

from casare.profiling.exports.chrome_trace import chrome_trace
from casare.profiling.exports.html_page import html_page
from casare.profiling.exports.junit import junit_xml
from casare.profiling.exports.sarif import sarif

__all__ = ["chrome_trace", "html_page", "junit_xml", "sarif"]
