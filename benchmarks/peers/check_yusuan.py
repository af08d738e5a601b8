"""Schema verdicts of a package by yusuan."""

import sys
from pathlib import Path

from yusuan.check.schema import schema_findings
from yusuan.package import open_package

found = schema_findings(open_package(Path(sys.argv[1])))
sys.exit(f"{len(found)} findings in a valid package" if found else 0)
