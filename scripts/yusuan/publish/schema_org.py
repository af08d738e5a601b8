"""The dataset for search engines (schema.org) and for machine learning (Croissant)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yusuan.package import Resource, write_json
from yusuan.publish.publication import Publication

CROISSANT = "croissant.json"
SCHEMA_ORG = "schema.jsonld"
_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "year": "sc:Integer",
    "date": "sc:Date",
    "boolean": "sc:Boolean",
}


def dataset(publication: Publication) -> dict[str, object]:
    """The whole as a schema.org Dataset, to stand in pages."""
    about = publication.about
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": publication.url,
        "name": about.title,
        "description": about.description,
        "url": publication.url,
        "version": about.version,
        "datePublished": about.created,
        "dateModified": about.created,
        "license": about.licence,
        "isAccessibleForFree": True,
        "inLanguage": ["zh", "en"],
        "keywords": list(about.keywords),
        "creator": [{"@type": "Organization", "name": name} for name in about.creators],
        "spatialCoverage": {"@type": "Place", "name": "China"},
        "temporalCoverage": f"{about.first_year}/{about.last_year}" if about.first_year else "..",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": download.title_en,
                "encodingFormat": download.media_type,
                "contentUrl": publication.url + download.path,
                "contentSize": str(publication.size_and_hash(download.path)[0]),
                "sha256": publication.size_and_hash(download.path)[1],
            }
            for download in publication.downloads
            if not download.resource
        ],
    }


def write_schema_org(publication: Publication) -> None:
    """Write `schema.jsonld`: the whole as search engines read it."""
    write_json(publication.path(SCHEMA_ORG), dataset(publication))


def write_croissant(publication: Publication) -> None:
    """Write `croissant.json`: each CSV as a file object with its hash, and a record set with its fields."""
    about = publication.about
    write_json(
        publication.path(CROISSANT),
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": about.name,
            "description": about.description,
            "url": publication.url,
            "license": about.licence,
            "version": _semantic(about.version),
            "datePublished": about.created,
            "citeAs": f"{'、'.join(about.creators)}: {about.title} ({about.version}). {publication.url}",
            "creator": [{"@type": "sc:Organization", "name": name} for name in about.creators],
            "keywords": list(about.keywords),
            "inLanguage": ["zh", "en"],
            "distribution": [_file(publication, resource) for resource in publication.resources],
            "recordSet": [_records(resource) for resource in publication.resources],
        },
    )


def _semantic(version: str) -> str:
    """A version in three whole numbers, as Croissant wants it."""
    parts = [part for part in version.split(".") if part.isdigit()]
    return ".".join([*parts, "0", "0", "0"][:3])


def _file(publication: Publication, resource: Resource) -> dict[str, object]:
    path = resource.path.relative_to(publication.package.root.resolve()).as_posix()
    size, digest = publication.size_and_hash(path)
    return {
        "@type": "cr:FileObject",
        "@id": f"{resource.name}.csv",
        "name": f"{resource.name}.csv",
        "description": resource.description,
        "contentUrl": publication.url + path,
        "contentSize": f"{size} B",
        "encodingFormat": "text/csv",
        "sha256": digest,
    }


def _records(resource: Resource) -> dict[str, object]:
    fields = [_field(resource, field) for field in resource.schema["fields"]]
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": resource.description,
        "key": [{"@id": f"{resource.name}/{name}"} for name in resource.key],
        "field": fields,
    }


def _field(resource: Resource, field: Mapping[str, Any]) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{resource.name}/{field['name']}",
        "name": field["name"],
        "description": field.get("description", ""),
        "dataType": _TYPES.get(field["type"], "sc:Text"),
        "source": {"fileObject": {"@id": f"{resource.name}.csv"}, "extract": {"column": field["name"]}},
    }


_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that Croissant 1.0 asks every description to carry."""
