"""A published catalogue pushed to a CKAN portal: one dataset, its files as links; pushing again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from yusuan.errors import MissingExtraError, YusuanError
from yusuan.package import DESCRIPTOR

_KEPT = ("title", "notes", "version", "license_id", "url", "tags", "extras")
_KEPT_OF_FILES = ("name", "url", "description", "format", "mimetype", "hash", "size")
_LICENCES = {"CC0-1.0": "cc-zero", "CC-BY-4.0": "cc-by-4.0", "ODC-BY-1.0": "odc-by", "PDDL-1.0": "odc-pddl"}


class PortalError(YusuanError):
    """A portal that does not take the dataset."""


def push(site: Path, portal: str, key: str, organization: str) -> str:
    """Create or change the dataset of a published site at a CKAN portal; gives a sentence on what was done.

    Raises PortalError where the portal refuses or does not answer.
    """
    try:
        from ckanapi import RemoteCKAN
        from ckanapi.errors import CKANAPIError
    except ImportError:
        raise MissingExtraError("ckanapi is needed to push to a portal: pip install 'yusuan[publish]'") from None
    from requests import RequestException

    wanted = dataset(site, organization)
    try:
        with RemoteCKAN(portal, apikey=key or None, user_agent="yusuan") as ckan:
            return _bring(ckan.action, wanted, portal)
    except (CKANAPIError, RequestException) as error:
        raise PortalError(f"the portal did not take the dataset: {_line(error)}", portal) from None


def _bring(action: Any, wanted: dict[str, Any], portal: str) -> str:
    from ckanapi.errors import NotFound

    try:
        there = action.package_show(id=wanted["name"])
    except NotFound:
        action.package_create(**wanted)
        return f"created {wanted['name']} with {len(wanted['resources'])} files at {portal}"
    known = {item.get("name"): item.get("id") for item in there.get("resources", [])}
    for item in wanted["resources"]:
        if item["name"] in known:
            item["id"] = known[item["name"]]
    if _same(there, wanted):
        return f"{wanted['name']} at {portal} is as it should be; nothing was changed"
    action.package_patch(id=there["id"], **{name: value for name, value in wanted.items() if name != "name"})
    return f"changed {wanted['name']} with {len(wanted['resources'])} files at {portal}"


def dataset(site: Path, organization: str = "") -> dict[str, Any]:
    """The dataset as CKAN's package_create takes it, from the descriptions in a published site."""
    descriptor = json.loads((site / DESCRIPTOR).read_text(encoding="utf-8"))
    described = json.loads((site / "schema.jsonld").read_text(encoding="utf-8"))
    licence = (descriptor.get("licenses") or [{}])[0].get("name", "")
    made: dict[str, Any] = {
        "name": descriptor["name"],
        "title": described["name"],
        "notes": described["description"],
        "version": described["version"],
        "url": described["url"],
        "license_id": _LICENCES.get(licence, "notspecified"),
        "tags": [{"name": _tag(word)} for word in sorted(set(described["keywords"]))],
        "extras": [
            {"key": "temporal", "value": described["temporalCoverage"]},
            {"key": "spatial_text", "value": "China"},
        ],
        "resources": [_file(item) for item in described["distribution"]],
    }
    if organization:
        made["owner_org"] = organization
    return made


def _file(item: dict[str, Any]) -> dict[str, Any]:
    path = item["contentUrl"].rpartition("/")[2]
    suffixes = [part for part in path.split(".")[1:] if part != "gz"]
    return {
        "name": item["name"],
        "url": item["contentUrl"],
        "description": item["name"],
        "format": (suffixes or [""])[-1].upper(),
        "mimetype": item["encodingFormat"],
        "hash": item["sha256"],
        "size": item["contentSize"],
    }


def _tag(word: str) -> str:
    """A tag of the characters that CKAN allows."""
    return "".join(char if char.isalnum() or char in " -_." else "-" for char in word)[:100]


def _same(there: dict[str, Any], wanted: dict[str, Any]) -> bool:
    def kept(package: dict[str, Any]) -> object:
        plain = {name: package.get(name) for name in _KEPT if name not in {"tags", "extras"}}
        plain["tags"] = sorted(tag["name"] for tag in package.get("tags", []))
        plain["extras"] = sorted((extra["key"], extra["value"]) for extra in package.get("extras", []))
        plain["files"] = [
            [str(item.get(name) or "") for name in _KEPT_OF_FILES] for item in package.get("resources", [])
        ]
        return plain

    return kept(there) == kept(wanted)


def _line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__
