"""csvwlib over every table of a folder, as N-Triples; runs in an environment of its own: csvwlib_rdf.py FOLDER.

csvwlib knows no operators of URI templates and encodes nothing: `{+x}`, for cells that are encoded already, is given to
it as `{x}`, which is the same to it.
"""

import functools
import shutil
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import rdflib

rdflib.NORMALIZE_LITERALS = False


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(folder: Path) -> None:
    """Serve a copy of the folder to csvwlib, which reads from http only, and write what it makes of each table."""
    from csvwlib import CSVWConverter  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as name:
        for path in folder.iterdir():
            copied = Path(name) / path.name
            if path.suffix == ".json":
                copied.write_text(path.read_text(encoding="utf-8").replace("{+", "{"), encoding="utf-8")
            else:
                shutil.copy(path, copied)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        for path in sorted(folder.glob("*.csv")):
            url = base + path.name
            sys.stdout.write(CSVWConverter.to_rdf(url, url + "-metadata.json", mode="minimal", format="nt"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
