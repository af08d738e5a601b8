"""Tests: runners over folders of cases, and plain unit tests."""
