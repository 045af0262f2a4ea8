"""casare: a desktop visual workflow editor with a profiler, and the same job headless.

Layers, from the bottom: foundation; sdk, expressions, events; model, catalog; storage, profiling, engine; app; ui; cli.
Imports point down. Importing this package imports nothing else, so `casare --version` stays instant.
"""

__version__ = "0.1.0"
