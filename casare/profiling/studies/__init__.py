"""Questions put to an analysis: what if, how sure, against another one, against what was measured."""
