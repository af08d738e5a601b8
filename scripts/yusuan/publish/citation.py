"""How to cite the data: CITATION.cff for code hosts, and the metadata that Zenodo reads."""

from __future__ import annotations

import json

from yusuan.package import write_json
from yusuan.publish.publication import Publication


def write_citation(publication: Publication) -> None:
    """Write `CITATION.cff` (CFF 1.2) and `zenodo.json`."""
    about = publication.about
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them as below.",
        "type: dataset",
        f"title: {_text(about.title)}",
        f"abstract: {_text(about.description)}",
        f"version: {_text(about.version)}",
        f"date-released: {about.created}",
        f"license: {about.licence_name}",
        f"url: {_text(publication.url)}",
        "authors:",
        *(f"  - name: {_text(name)}" for name in about.creators),
        "keywords:",
        *(f"  - {_text(word)}" for word in about.keywords),
    ]
    publication.write("CITATION.cff", "\n".join(lines) + "\n")
    write_json(
        publication.path("zenodo.json"),
        {
            "upload_type": "dataset",
            "title": about.title,
            "description": about.description,
            "version": about.version,
            "publication_date": about.created,
            "creators": [{"name": name} for name in about.creators],
            "keywords": list(about.keywords),
            "license": about.licence_name.lower(),
            "access_right": "open",
            "language": "zho",
            "related_identifiers": [{"identifier": publication.url, "relation": "isIdenticalTo", "scheme": "url"}],
        },
    )


def _text(text: str) -> str:
    """A YAML string: JSON's quoting is YAML's too."""
    return json.dumps(text, ensure_ascii=False)
