"""Every file of a package read as text by DuckDB, every column of it: the least that any check must do."""

import json
import sys
from pathlib import Path

import duckdb

root = Path(sys.argv[1])
for resource in json.loads((root / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
    fields = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))["fields"]
    counts = ", ".join(f'max(strlen("{field["name"]}"))' for field in fields)
    options = "all_varchar=true, header=true, delim=',', quote='\"', escape='\"'"
    duckdb.execute(f"SELECT {counts} FROM read_csv('{root / resource['path']}', {options})").fetchall()
