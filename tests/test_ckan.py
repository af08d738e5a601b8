"""Pushing to a portal: created once, left alone when the same, changed when not, refused in one line."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from yusuan.publish.ckan import PortalError, dataset, push


class Portal(BaseHTTPRequestHandler):
    """The few actions of CKAN that a push needs, over a dictionary; it gives ids and adds what CKAN adds."""

    packages: dict[str, dict[str, Any]]
    asked: list[str]
    key = "secret"

    def do_POST(self) -> None:
        """Answer an action."""
        action = self.path.rpartition("/")[2]
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        self.asked.append(action)
        if (
            action != "package_show"
            and self.headers.get("X-CKAN-API-Key", self.headers.get("Authorization")) != self.key
        ):
            return self._answer(
                403, {"success": False, "error": {"__type": "Authorization Error", "message": "denied"}}
            )
        if action == "package_show":
            found = self.packages.get(given["id"])
            if found is None:
                return self._answer(404, {"success": False, "error": {"__type": "Not Found Error", "message": "none"}})
            return self._answer(200, {"success": True, "result": found})
        name = given.get("name") or given["id"].removeprefix("id-")
        kept = {**self.packages.get(name, {"name": name, "id": f"id-{name}", "state": "active"}), **given}
        kept["id"] = f"id-{name}"
        for index, item in enumerate(kept["resources"]):
            item.setdefault("id", f"file-{index}")
            item["package_id"] = kept["id"]
        self.packages[name] = kept
        return self._answer(200, {"success": True, "result": kept})

    def _answer(self, status: int, value: dict[str, Any]) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[tuple[str, type[Portal]]]:
    handler = type("Handler", (Portal,), {"packages": {}, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    """The descriptions of a published site, free to be changed."""
    for name in ("datapackage.json", "schema.jsonld"):
        shutil.copy(published / name, tmp_path / name)
    return tmp_path


def test_a_second_push_changes_nothing(portal: tuple[str, type[Portal]], site: Path) -> None:
    address, handler = portal
    assert "created" in push(site, address, "secret", "finance")
    assert handler.packages["yusuan"]["owner_org"] == "finance"
    before = json.dumps(handler.packages, sort_keys=True)
    assert "nothing was changed" in push(site, address, "secret", "finance")
    assert json.dumps(handler.packages, sort_keys=True) == before
    assert handler.asked == ["package_show", "package_create", "package_show"]


def test_a_new_release_changes_the_dataset_and_keeps_its_files(portal: tuple[str, type[Portal]], site: Path) -> None:
    address, handler = portal
    push(site, address, "secret", "")
    ids = {item["name"]: item["id"] for item in handler.packages["yusuan"]["resources"]}
    described = json.loads((site / "schema.jsonld").read_text(encoding="utf-8"))
    described["version"] = "2027.1.0"
    described["distribution"][0]["sha256"] = "0" * 64
    (site / "schema.jsonld").write_text(json.dumps(described), encoding="utf-8")
    assert "changed" in push(site, address, "secret", "")
    after = handler.packages["yusuan"]
    assert after["version"] == "2027.1.0" and after["resources"][0]["hash"] == "0" * 64
    assert {item["name"]: item["id"] for item in after["resources"]} == ids
    assert "nothing was changed" in push(site, address, "secret", "")


def test_a_portal_that_refuses_or_is_not_there_is_said_in_one_line(
    portal: tuple[str, type[Portal]], site: Path
) -> None:
    address, handler = portal
    with pytest.raises(PortalError) as refused:
        push(site, address, "wrong", "")
    assert handler.packages == {} and "\n" not in str(refused.value)
    with pytest.raises(PortalError) as missing:
        push(site, "http://127.0.0.1:9", "secret", "")
    assert "\n" not in str(missing.value)


def test_the_dataset_keeps_the_rules_of_ckan(published: Path) -> None:
    told = dataset(published, "finance")
    assert told["name"] == told["name"].lower() and 2 <= len(told["name"]) <= 100
    assert all(2 <= len(tag["name"]) <= 100 for tag in told["tags"])
    assert len({item["name"] for item in told["resources"]}) == len(told["resources"]) > 5
    assert all(item["url"].startswith("https://") for item in told["resources"])
