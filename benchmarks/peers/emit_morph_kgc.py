"""The flat figures as N-Triples by morph-kgc, two processes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

folder, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
config = f"""[CONFIGURATION]
output_file={output}
output_format=N-TRIPLES
number_of_processes=2
logging_level=ERROR
[figures]
mappings={folder}/mapping.ttl
"""
with tempfile.TemporaryDirectory() as place:
    path = Path(place) / "config.ini"
    path.write_text(config, encoding="utf-8")
    os.chdir(folder)
    sys.exit(subprocess.run([sys.executable, "-m", "morph_kgc", str(path)], check=False).returncode)
