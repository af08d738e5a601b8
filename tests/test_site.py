"""The site in a browser: every kind of page, in both languages, on a phone and a desk, in light and dark."""

from __future__ import annotations

import functools
import gzip
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from yusuan.commands.publish import publish
from yusuan.package import Package

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Request, Response

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; this test looks at pages in a browser")

MOST_WEIGHT = 500_000
"""Bytes of a page with everything it loads, compressed; the SPARQL engine and the graph come only when asked."""

IMPACTS = {"serious", "critical"}


class Quiet(SimpleHTTPRequestHandler):
    """A plain web host."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(published: Path) -> Iterator[str]:
    """The site below a path of a plain web host, as project pages of a code host are."""
    handler = functools.partial(Quiet, directory=str(published.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{published.name}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """A page opened, with what it said and asked for."""

    def __init__(self, browser: Browser, host: str, **options: Any) -> None:
        self.host = host
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.outside: list[str] = []
        self.weight = 0
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", self._stopped)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _stopped(self, dialog: Dialog) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        url = request.url
        if not url.startswith((self.host, "blob:", "data:")):
            self.outside.append(url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("favicon.ico"):
            self.said.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Visit:
        """Open a page and wait until it is there."""
        self.page.goto(self.host + path)
        return self

    def scroll(self) -> None:
        """Let everything come into view once."""
        height = self.page.evaluate("document.body.scrollHeight")
        for top in range(0, int(height), 1200):
            self.page.evaluate(f"scrollTo(0, {top})")
            self.page.wait_for_timeout(20)
        self.page.wait_for_selector("[data-chart]:not([data-drawn])", state="detached", timeout=15_000)

    def check(self) -> None:
        """Nothing was said in the console and nothing asked of another host."""
        assert self.said == []
        assert self.outside == []

    def close(self) -> None:
        """Leave."""
        self.context.close()


def kinds(flawed: Package) -> dict[str, str]:
    """A page of each kind, without its ending."""
    filing = flawed.rows("filings")[0]
    function = next(row["function"] for row in flawed.rows("line_items") if row["function"])
    return {
        "home": "index",
        "departments": "departments",
        "department": f"department/{filing['department']}",
        "filing": f"filing/{filing['id']}",
        "table": f"table/{next(row['table_id'] for row in flawed.rows('line_items') if row['function'])}",
        "project": f"project/{flawed.rows('projects')[0]['id']}",
        "code": f"code/function/{function}",
        "codes": "codes",
        "findings": "findings",
        "rule": f"rule/{flawed.rows('findings')[0]['rule']}",
        "compare": "compare",
        "search": "search",
        "query": "query",
        "data": "data",
        "changes": "changes",
        "document": f"document/{flawed.rows('documents')[0]['sha256']}",
        "region": f"region/{flawed.rows('departments')[0]['region']}",
        "cube": "cube/expenditure",
        "ontology": "ontology",
    }


DESK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk-light-zh", "phone-dark-en"])
def test_every_kind_of_page_is_clean_and_accessible(
    options: dict[str, Any], browser: Browser, host: str, flawed: Package
) -> None:
    """No console error, no outside request, nothing wider than the screen; axe finds nothing serious."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    ending = ".html" if options is DESK else ".en.html"
    visit = Visit(browser, host, **options)
    for kind, path in kinds(flawed).items():
        visit.open(quote(path, safe="/;~") + ending)
        visit.scroll()
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            kind,
            "wider than the screen",
        )
        assert visit.page.locator("h1").count() == 1, kind
        assert visit.page.locator("html").get_attribute("lang") == ("zh-Hans" if ending == ".html" else "en")
        assert "{{" not in visit.page.content() and "None" not in visit.page.locator("main").inner_text(), kind
        visit.check()
        found = axe.run(visit.page).response["violations"]
        grave = [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found if v["impact"] in IMPACTS]
        assert grave == [], (kind, grave)
    visit.close()


def test_axe_would_find_something(browser: Browser, host: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    visit = Visit(browser, host, **DESK).open("index.html")
    visit.page.evaluate(
        "document.querySelector('label[for=q]').remove(); document.getElementById('q').placeholder = ''"
    )
    assert any(v["impact"] in IMPACTS for v in axe.run(visit.page).response["violations"])
    visit.close()


@pytest.mark.parametrize("kind", ["home", "department", "filing", "code", "compare"])
def test_pages_are_light(kind: str, browser: Browser, host: str, flawed: Package) -> None:
    visit = Visit(browser, host, **DESK)
    answers: list[Response] = []
    visit.page.on("response", lambda answer: answers.append(answer))  # the driver marks what it is given
    visit.open(quote(kinds(flawed)[kind], safe="/;~") + ".html")
    visit.scroll()
    visit.page.wait_for_load_state("networkidle")
    weights = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert len(weights) > 2
    assert sum(weights.values()) < MOST_WEIGHT, weights
    visit.close()


def test_a_figure_of_the_address_is_shown(browser: Browser, host: str, flawed: Package) -> None:
    row = next(row for row in flawed.rows("line_items") if row["function"])
    table, _, fragment = row["id"].partition("#")
    visit = Visit(browser, host, **DESK).open(f"table/{table}.html#{quote(fragment, safe=';~')}")
    cell = visit.page.locator("td:target")
    assert cell.inner_text().strip().startswith(row["printed"])
    told = visit.page.locator("#told")
    assert told.is_visible() and f"#{quote(fragment, safe=';')}" in told.inner_text()
    assert (cell.locator("a").first.get_attribute("href") or "").startswith("../")
    visit.check()
    visit.close()


def test_the_way_by_keyboard(browser: Browser, host: str) -> None:
    visit = Visit(browser, host, **DESK).open("index.html")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    visit.page.keyboard.type("公共")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#found li")
    assert visit.page.evaluate("location.pathname").endswith("/search.html")
    visit.check()
    visit.close()


def test_search_finds_departments_and_codes(browser: Browser, host: str, flawed: Package) -> None:
    visit = Visit(browser, host, **DESK).open("search.en.html")
    department = flawed.rows("departments")[0]
    visit.page.fill("#q", department["name"])
    visit.page.wait_for_selector("#found li")
    assert visit.page.locator("#found a").first.inner_text() == department["name"]
    visit.page.fill("#q", "3022 no such thing")
    visit.page.wait_for_selector("#found-count:text-is('Nothing found.')")
    visit.page.fill("#q", "30201")
    visit.page.wait_for_selector("#found li")
    visit.page.locator("#found a").first.click()
    visit.page.wait_for_selector("h1:has-text('30201')")
    visit.check()
    visit.close()


def test_compare_keeps_its_choice_in_the_address(browser: Browser, host: str, flawed: Package) -> None:
    function = next(
        row["function"] for row in flawed.rows("line_items") if row["function"] and row["form"] == "expenditure"
    )
    asked = f"compare.html?form=expenditure&code=function:{function[:3]}"
    visit = Visit(browser, host, **DESK).open(asked)
    visit.page.wait_for_selector("#compare[data-ready]")
    own = [row for row in flawed.rows("line_items") if row["form"] == "expenditure" and row["role"] == "item"
           and row["function"].startswith(function[:3])]  # fmt: skip
    total = sum(float(row["amount"]) for row in own) / 1e4
    assert f"{total:,.2f}" in visit.page.locator("#table").inner_text()
    visit.page.wait_for_selector("#plot[data-drawn]")
    visit.page.click("#none")
    visit.page.wait_for_selector("#table a", state="detached")
    kept = visit.page.url
    visit.open(kept.removeprefix(host))
    visit.page.wait_for_selector("#compare[data-ready]")
    assert visit.page.locator("#departments input:checked").count() == 0
    visit.check()
    visit.close()


def test_sparql_is_answered_in_the_browser(browser: Browser, host: str, flawed: Package) -> None:
    visit = Visit(browser, host, **DESK).open("query.html")
    assert visit.page.locator("#question option").count() >= 3
    visit.page.fill(
        "#text",
        "SELECT (COUNT(?o) AS ?n) (SUM(?a) AS ?yuan) WHERE { ?o a qb:Observation ; obeu-measure:amount ?a }",
    )
    visit.page.click("#run")
    visit.page.wait_for_selector("#rows tbody tr", timeout=60_000)
    count = int(visit.page.locator("#rows tbody td").first.inner_text())
    assert 0 < count <= len(flawed.rows("line_items")) * 2
    visit.page.fill("#text", "SELECT * WHERE {")
    visit.page.click("#run")
    visit.page.wait_for_selector("#ask[data-state=failed]")
    assert "error" in visit.page.locator("#state").inner_text()
    answered = 0
    for index in range(visit.page.locator("#question option").count()):
        visit.page.select_option("#question", index=index)
        visit.page.click("#run")
        visit.page.wait_for_selector("#ask:not([data-state=busy])")
        said = visit.page.locator("#state").inner_text()
        assert visit.page.locator("#ask").get_attribute("data-state") == "done", (index, said)
        answered += visit.page.locator("#rows tbody tr").count() > 0
    assert answered > 5
    visit.check()
    visit.close()


def test_without_scripts_pages_are_whole(browser: Browser, host: str, flawed: Package) -> None:
    visit = Visit(browser, host, java_script_enabled=False, **DESK)
    for path in (kinds(flawed)["department"], kinds(flawed)["filing"]):
        visit.page.goto(f"{host}{path}.html")
        assert visit.page.locator("table").count() > 2
    visit.page.goto(f"{host}search.html")
    assert visit.page.locator("noscript").count() == 1
    visit.close()


def test_hostile_text_stays_text_in_the_browser(browser: Browser, flawed: Package, tmp_path: Path, host: str) -> None:
    import yusuan.package

    root = tmp_path / "package"
    shutil.copytree(flawed.root, root)
    package = Package(root)
    hostile = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>'
    for name, columns in (("line_items", ("label", "heading")), ("departments", ("name",)), ("projects", ("name",))):
        rows = package.rows(name)
        for row in rows:
            for column in columns:
                row[column] = hostile
        resource = package.resource(name)
        resource.path.write_text(yusuan.package.format_csv(resource.fields, rows), encoding="utf-8")
    publish(package, tmp_path / "site")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        visit = Visit(browser, f"http://127.0.0.1:{server.server_port}/site/", **DESK)
        for kind in ("home", "department", "filing", "table", "compare"):
            visit.open(quote(kinds(flawed)[kind], safe="/;~") + ".html")
            visit.scroll()
        visit.open(f"search.html?q={quote(hostile)}")
        visit.page.wait_for_selector("#found li")
        assert hostile in visit.page.locator("#found").inner_text()
        assert visit.page.locator("img").count() == 0
        visit.check()
        visit.close()
        server.shutdown()
