"""The figures of a package as N-Triples by yusuan, straight from the package; or its whole graph as N-Quads."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.flat import figures_only

from yusuan.emit.mapping import load_mapping
from yusuan.emit.write import write_lines
from yusuan.package import open_package

package, output = open_package(Path(sys.argv[1])), Path(sys.argv[2])
whole = "--whole" in sys.argv
mapping = load_mapping(package) if whole else figures_only(package)
write_lines(package, mapping, output, named=whole, ordered="--unordered" not in sys.argv)
