"""The CSV resources as they are, with a descriptor that knows their sizes and hashes, and CSVW metadata beside it."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Mapping
from typing import Any

from yusuan.package import DESCRIPTOR, Resource, write_json
from yusuan.publish.publication import Download, Publication

CSVW = "data/csvw-metadata.json"
_DATATYPES = {"integer": "integer", "number": "decimal", "year": "gYear", "date": "date", "boolean": "boolean"}


def write_datapackage(publication: Publication) -> None:
    """Copy CSVs and schemas and write `datapackage.json` (Data Package v2) and the CSVW table group."""
    package, root = publication.package, publication.package.root.resolve()
    descriptor = dict(package.descriptor)
    written = []
    for item in descriptor.get("resources", []):
        resource = package.resource(item["name"])
        path = str(resource.path.relative_to(root).as_posix())
        shutil.copyfile(resource.path, publication.path(path))
        shutil.copyfile(root / item["schema"], publication.path(item["schema"]))
        size, digest = publication.size_and_hash(path)
        written.append({**item, "bytes": size, "hash": f"sha256:{digest}"})
        title = resource.title or resource.name
        publication.downloads.append(
            Download(path, f"{title}（CSV）", f"{resource.name} (CSV)", "text/csv", "CSV", resource.name)
        )
    descriptor["resources"] = written
    write_json(publication.path(DESCRIPTOR), descriptor)
    write_json(publication.path(CSVW), csvw(publication))
    publication.downloads.append(
        Download(DESCRIPTOR, "数据包描述（Data Package v2）", "Data Package v2 descriptor", "application/json", "JSON")
    )
    publication.downloads.append(
        Download(CSVW, "CSV 元数据（CSVW）", "CSV on the Web metadata", "application/csvm+json", "JSON")
    )


def csvw(publication: Publication) -> dict[str, object]:
    """The resources as a CSVW table group: columns with their datatypes, primary and foreign keys."""
    about = publication.about
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": about.title,
        "dc:license": {"@id": about.licence},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tables": [_table(publication, resource) for resource in publication.resources],
    }


def _table(publication: Publication, resource: Resource) -> dict[str, object]:
    schema: dict[str, object] = {"columns": [_column(field) for field in resource.schema["fields"]]}
    schema["primaryKey"] = list(resource.key)
    keys = [
        _key(publication, resource, key) for key in resource.schema.get("foreignKeys", []) if _filled(resource, key)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": _url(resource, publication),
        "dc:title": resource.title or resource.name,
        "dc:description": {"@value": resource.description, "@language": "en"},
        "tableSchema": schema,
    }


def _key(publication: Publication, resource: Resource, key: Mapping[str, Any]) -> dict[str, object]:
    target = publication.package.resource(key["reference"]["resource"] or resource.name)
    reference = {"resource": _url(target, publication), "columnReference": list(key["reference"]["fields"])}
    return {"columnReference": list(key["fields"]), "reference": reference}


def _filled(resource: Resource, key: Mapping[str, Any]) -> bool:
    """Whether the cells of a reference are never empty: CSVW knows no reference that may be left out."""
    needed = {f["name"] for f in resource.schema["fields"] if f.get("constraints", {}).get("required")}
    return set(key["fields"]) <= needed | set(resource.key)


def _url(resource: Resource, publication: Publication) -> str:
    """The CSV as seen from the metadata."""
    path = resource.path.relative_to(publication.package.root.resolve()).as_posix()
    return posixpath.relpath(path, posixpath.dirname(CSVW))


def _column(field: Mapping[str, Any]) -> dict[str, object]:
    constraints = field.get("constraints", {})
    column: dict[str, object] = {
        "name": field["name"],
        "titles": [field["name"], field.get("title", field["name"])],
        "dc:description": {"@value": field.get("description", ""), "@language": "en"},
        "required": bool(constraints.get("required")),
    }
    datatype: dict[str, object] = {"base": _DATATYPES.get(field["type"], "string")}
    for name, told in (("minimum", "minimum"), ("maximum", "maximum")):
        if name in constraints and datatype["base"] not in {"string", "gYear"}:
            datatype[told] = constraints[name]
    column["datatype"] = datatype if len(datatype) > 1 else datatype["base"]
    return column
