"""The resources as Parquet: typed as their schemas say, money as exact decimals, sorted as the CSVs are."""

from __future__ import annotations

from yusuan.package import Resource
from yusuan.publish.publication import Download, Publication


def write_parquet(publication: Publication) -> None:
    """One file a resource, in `parquet/`."""
    for resource in publication.resources:
        relative = f"parquet/{resource.name}.parquet"
        path = str(publication.path(relative)).replace("'", "''")
        publication.connection.execute(
            f"COPY (SELECT {typed(resource)} FROM \"{resource.name}\" ORDER BY line) TO '{path}' "
            "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
        )
        title = resource.title or resource.name
        publication.downloads.append(
            Download(
                relative,
                f"{title}（Parquet）",
                f"{resource.name} (Parquet)",
                "application/vnd.apache.parquet",
                "PARQUET",
                resource.name,
            )
        )


def typed(resource: Resource) -> str:
    """Columns of a resource for a SELECT; an empty cell that may be empty is NULL."""
    columns = []
    for field in resource.schema["fields"]:
        name = f'"{field["name"]}"'
        needed = field["name"] in resource.key or field.get("constraints", {}).get("required")
        is_text = field["type"] not in {"number", "integer", "year", "date", "boolean"}
        columns.append(f"nullif({name}, '') AS {name}" if is_text and not needed else name)
    return ", ".join(columns)
