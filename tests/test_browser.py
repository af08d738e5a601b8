"""The pages in a browser: asking, answers as table and chart, links to share, a narrow screen, nothing from outside."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.service import Service, running
from yusuan.package import Package
from yusuan.pages import editor_files

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")
needs_editor = pytest.mark.skipif(
    not editor_files(), reason="the editor is not installed: yusuan serve --install-editor"
)


@pytest.fixture(scope="module")
def service(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(small.root, tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page that fails its test where a script fails, the policy is broken or another host is asked."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: wrong.append(asked.url) if outside(asked.url, service) else None)
    yield page
    context.close()
    assert wrong == []


def outside(url: str, service: Service) -> bool:
    return not url.startswith((service.address, "data:", "blob:"))


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until an expression holds. Playwright's own waiting runs in the page, whose policy forbids `eval`."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never: {expression}"
        page.wait_for_timeout(50)


def test_a_question_is_asked_and_drawn(page: Page, service: Service) -> None:
    page.goto(service.address + "sparql")
    page.click("summary:has-text('Targets at or above')")
    form = page.locator("form[data-question='targets-at-least']")
    form.locator("input[name=minimum]").fill("1")
    form.locator("button:has-text('Run')").click()
    page.wait_for_url("**/question/targets-at-least?minimum=1&lang=en")
    rows = page.locator("#rows tbody tr").count()
    assert rows > 0 and page.locator("#chart svg rect").count() > 0
    page.select_option("#chart select >> nth=0", "line")
    assert page.locator("#chart svg circle").count() > 0
    with page.expect_download() as download:
        page.evaluate(
            """() => { const a = document.querySelector("a[href*='.csv']"); a.download = 'x.csv'; a.click(); }"""
        )
    assert len(download.value.path().read_text(encoding="utf-8").splitlines()) == rows + 1


def test_a_figure_leads_to_its_place_and_back(page: Page, service: Service, small: Package) -> None:
    item = next(row for row in small.rows("line_items") if row["role"] == "item")
    table, _, cell = item["id"].partition("#")
    page.goto(f"{service.address}table/{table}#{cell}")
    assert page.locator(":target").locator("span").first.inner_text() == item["printed"]
    page.locator(":target .place").click()
    assert "/document/" in page.url and page.locator("h1").inner_text()
    page.locator(f"a[href*='{table.partition('/')[0]}']").first.click()
    assert "/filing/" in page.url


@pytest.mark.parametrize(
    "path", ["", "sparql", "sparql?format=html&query=" + "ASK%7B%7D", "question/where-printed", "nosuch"]
)
def test_a_narrow_screen_does_not_scroll_sideways(browser: Browser, service: Service, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700}, is_mobile=True, locale="zh-CN")
    page = context.new_page()
    page.goto(service.address + path)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_tables_scroll_inside_a_narrow_screen(browser: Browser, service: Service, small: Package) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700}, is_mobile=True)
    page = context.new_page()
    for kind, name in (("table", "tables"), ("filing", "filings"), ("department", "departments")):
        page.goto(f"{service.address}{kind}/{small.rows(name)[0]['id']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_without_script_a_query_is_asked_all_the_same(browser: Browser, service: Service) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(service.address + "sparql")
    page.fill("#text", "SELECT ?f { ?f a ys:Filing }")
    page.click("#plain button")
    assert page.locator("#rows tbody tr").count() > 0
    context.close()


@needs_editor
def test_the_editor_asks_with_our_prefixes(page: Page, service: Service) -> None:
    page.goto(service.address + "sparql")
    page.click("summary:has-text('Targets at or above')")
    page.click("form[data-question='targets-at-least'] [data-edit]")
    until(page, "window.yusuan?.yasgui?.getTab()?.getQuery()?.includes('targetValue')")
    assert page.evaluate("yusuan.yasgui.getTab().getQuery()").startswith("PREFIX")
    page.click(".yasqe_queryButton:visible")
    page.wait_for_selector(".yasr_results:visible table tbody tr")
    page.click(".select_chart")
    page.wait_for_selector(".yasr_results svg rect")


@needs_editor
def test_a_link_that_is_shared_brings_the_query(page: Page, service: Service) -> None:
    page.goto(
        service.address + "sparql?" + urlencode({"query": "SELECT ?shared { ?shared a ys:Filing }", "lang": "zh"})
    )
    until(page, "window.yusuan?.yasgui?.getTab()?.getQuery()?.includes('?shared')")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.click(".yasqe_queryButton:visible")
    page.wait_for_selector(".yasr_results:visible table tbody tr")
