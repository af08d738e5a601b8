"""Schema verdicts of a package by Frictionless alone."""

import sys
from pathlib import Path

from frictionless import Package

report = Package(str(Path(sys.argv[1]) / "datapackage.json")).validate()
sys.exit(0 if report.valid else "errors in a valid package")
