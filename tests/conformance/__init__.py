"""The graph judged by other people's validators: `make conformance` runs them and prints a table."""
