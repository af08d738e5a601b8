"""A package once more with its tables in Parquet, for tasks that read such."""

from __future__ import annotations

import sys
from pathlib import Path

from yusuan.package import open_package
from yusuan.twin import write_twin

write_twin(open_package(Path(sys.argv[1])), Path(sys.argv[2]), "parquet")
