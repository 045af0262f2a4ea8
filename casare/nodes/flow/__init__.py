"""Which way a workflow goes: start and end, branches, loops, errors, pipelines, other workflows, variables."""
