"""The graph of a package as N-Quads by yusuan."""

import sys
from pathlib import Path

from yusuan.emit import emit_graph
from yusuan.package import open_package

emit_graph(open_package(Path(sys.argv[1])), Path(sys.argv[2]))
