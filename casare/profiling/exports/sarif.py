"""The ledger as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

from typing import Final

from casare.profiling.reporting.report import Report
from casare.profiling.rules import RULES

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report, uri: str, version: str = "") -> bytes:
    """Return one result for each entry of the ledger. `uri` is the path of the workflow relative to its repository."""
    import orjson

    known = {rule.id: rule for rule in RULES}
    results = []
    for entry in report.ledger:
        rule = known.get(entry.rule)
        place = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
        results.append(
            {
                "ruleId": entry.rule,
                "level": _LEVELS[rule.severity] if rule else "note",
                "message": {"text": f"{entry.message} {rule.advice if rule else ''}".strip()},
                "locations": [
                    {**place, "logicalLocations": [{"name": node, "kind": "object"} for node in entry.nodes[:100]]}
                ],
                "properties": {"points": entry.points},
            }
        )
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "help": {"text": f"{rule.advice} Points: {rule.formula}."},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in RULES
    ]
    driver = {"name": "casare", "rules": rules, **({"version": version} if version else {})}
    held = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return orjson.dumps(held, option=orjson.OPT_INDENT_2)
