"""All rules over a package by yusuan, its schemas taken as held."""

import sys
from pathlib import Path

from yusuan.check.rules import load_rules
from yusuan.check.run import rule_findings
from yusuan.package import open_package

package = open_package(Path(sys.argv[1]))
sys.stderr.write(f"{len(rule_findings(package, load_rules(package.file('schemas', 'rules'))))} findings\n")
