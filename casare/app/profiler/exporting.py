"""A report as the bytes of a file. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casare.app.documents.document import Document
from casare.app.profiler.live_profile import LiveProfile
from casare.foundation.atomic import write_atomic
from casare.foundation.errors import CasareError
from casare.profiling import Report

if TYPE_CHECKING:
    from casare.profiling.evidence import Evidence

_MOST_WORKERS: Final = 16
"""As far as the curve in the page goes."""


_PATIENCE_S: Final = 10.0
"""So long an analysis under way is waited for."""


class Format(NamedTuple):
    """A format: what the menu calls it, what the dialog calls it, and the suffix of its files."""

    title: str
    name: str
    suffix: str


FORMATS: Final[Mapping[str, Format]] = {
    "html": Format("Report as HTML…", "HTML", "html"),
    "json": Format("Report as JSON…", "JSON", "json"),
    "csv": Format("Nodes as CSV…", "CSV", "csv"),
    "trace": Format("Timeline as Chrome trace…", "Chrome trace", "trace.json"),
    "junit": Format("Budget as JUnit…", "JUnit XML", "xml"),
    "sarif": Format("Findings as SARIF…", "SARIF", "sarif"),
}


class Subject(NamedTuple):
    """What a report is about, as far as a format tells more than the report holds."""

    title: str
    file: str
    """The name of the workflow's file, to which findings are tied."""
    settings: Mapping[str, Any]
    evidence: Evidence | None


def subject_of(document: Document, profile: LiveProfile) -> Subject:
    """Return what the report on a document is about."""
    file = document.path.name if document.path else f"{document.title}.json"
    return Subject(document.title, file, document.graph.settings, profile.evidence)


def as_bytes(report: Report, kind: str, subject: Subject) -> bytes:
    """Return a report in one of FORMATS. Raises CasareError for a budget that is missing or cannot be understood."""
    if kind == "csv":
        from casare.profiling.reporting.table import to_csv

        return to_csv(report).encode()
    if kind == "json":
        from casare.profiling.reporting.schema import ProfileOutput

        return ProfileOutput.from_report(report).model_dump_json(indent=2).encode() + b"\n"
    if kind == "junit":
        return _junit(report, subject)
    if kind == "sarif":
        from casare.profiling.exports import sarif

        return sarif(report, subject.file)
    return _charted(report, kind, subject)


def export(report: Report, kind: str, path: Path, subject: Subject) -> None:
    """Write a report to a file, whole or not at all. Raises OSError, and CasareError as `as_bytes` does."""
    write_atomic(path, as_bytes(report, kind, subject))


def written(profile: LiveProfile, kind: str, path: Path, subject: Subject) -> str:
    """Write the latest report to a file; return why that failed, or an empty text. For a thread."""
    profile.wait(_PATIENCE_S)
    report = profile.detailed
    if report is None:
        return f"{path.name} was not written: there is no report yet."
    try:
        export(report, kind, path, subject)
    except OSError as error:
        return f"{path.name} could not be written: {error.strerror or error}"
    except CasareError as error:
        told = ": ".join(part for part in (error.what, error.mend) if part)
        return f"{path.name} was not written, {told}."
    return ""


def _junit(report: Report, subject: Subject) -> bytes:
    from casare.profiling.exports import junit_xml
    from casare.profiling.scoring.budget import budget_of, checks

    budget = budget_of(subject.settings)
    if not budget:
        raise CasareError(
            "there is no budget to check",
            where="settings.profile_budget",
            mend='give the workflow one, such as {"min_grade": "B"}',
        )
    return junit_xml(subject.title, checks(report, budget)).encode()


def _charted(report: Report, kind: str, subject: Subject) -> bytes:
    from casare.profiling.exports import chrome_trace, html_page
    from casare.profiling.schedule.workers import makespan_curve, time_line

    evidence = subject.evidence
    # While a newer state is being analysed, the evidence may already be about that.
    known = {node.id for node in report.nodes}
    spans = [span for span in time_line(evidence) if span.node_id in known] if evidence else []
    if kind == "trace":
        return chrome_trace(report, spans, subject.title)
    points = makespan_curve(evidence, _MOST_WORKERS) if evidence else ()
    return html_page(subject.title, report, spans, points).encode()
