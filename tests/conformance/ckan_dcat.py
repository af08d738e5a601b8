"""What ckanext-dcat makes of a catalogue, as JSON; runs in an environment of its own: ckan_dcat.py FILE."""

import json
import sys
from pathlib import Path


def main(catalogue: Path) -> None:
    """Write the datasets, as CKAN would store them."""
    from ckanext.dcat.processors import RDFParser  # type: ignore[import-not-found]

    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(catalogue.read_text(encoding="utf-8"), "turtle")
    json.dump(list(parser.datasets()), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
