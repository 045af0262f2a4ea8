"""Made-up workflows for tests and benchmarks: valid, laid out, and the same for the same seed."""
