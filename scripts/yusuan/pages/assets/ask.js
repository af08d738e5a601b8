// The page to ask: the editor where it is there, questions put into it, prefixes added where they are used.

import { chart, table } from "./chart.js";

const settings = JSON.parse(document.getElementById("settings").textContent);
const words = JSON.parse(document.getElementById("chart").dataset.words);
const endpoint = new URL(settings.endpoint, document.baseURI).href;
const box = document.getElementById("text");

// A query with the PREFIX lines that it needs and lacks. Strings, IRIs and comments name no prefix.
export function withPrefixes(query, prefixes) {
  const bare = query.replace(/"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, " ");
  const declared = new Set([...bare.matchAll(/PREFIX\s+([\w-]*):/gi)].map((found) => found[1]));
  const used = new Set([...bare.matchAll(/(?:^|[^\w:-])([A-Za-z][\w-]*):/g)].map((found) => found[1]));
  const lines = Object.entries(prefixes)
    .filter(([name]) => used.has(name) && !declared.has(name))
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
  return lines.length ? `${lines.join("\n")}\n${query}` : query;
}

let put = (text) => { box.value = text; };

if (window.Yasgui) {
  document.documentElement.classList.add("scripted");
  const { Yasgui } = window;
  const Yasr = window.Yasr ?? Yasgui.Yasr;
  const Yasqe = window.Yasqe ?? Yasgui.Yasqe;

  class Chart {
    constructor(yasr) { this.yasr = yasr; this.priority = 3; this.label = words.chart; this.hideFromSelection = false; }
    read() {
      const found = this.yasr.results;
      if (!found?.getVariables?.()?.length) return null;
      return table({ head: { vars: found.getVariables() }, results: { bindings: found.getBindings() ?? [] } });
    }
    canHandleResults() { return this.read() !== null; }
    draw() {
      const { columns, rows } = this.read();
      const host = document.createElement("div");
      if (!chart(host, words, columns, rows)) host.textContent = words["no-number"];
      this.yasr.resultsEl.replaceChildren(host);
    }
    getIcon() { return document.createElement("span"); }
  }
  Yasr.registerPlugin("chart", Chart);

  // Completion of prefixes and terms from our own list: the editor's own asks other sites.
  Yasqe.defaults.autocompleters = ["variables"];

  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: `yusuan ${endpoint}`,
    yasqe: { value: withPrefixes(settings.query, settings.prefixes), autocompleters: ["variables"], pluginSettings: undefined },
    yasr: { prefixes: settings.prefixes, pluginOrder: ["table", "chart", "response"] },
  });
  put = (text) => {
    const tab = yasgui.getTab() ?? yasgui.addTab(true);
    tab.setQuery(withPrefixes(text, settings.prefixes));
    document.getElementById("yasgui").scrollIntoView();
  };
  // The editor opens a tab of its own for a query in the address; what it lacks are the prefixes.
  if (settings.given) yasgui.getTab().setQuery(withPrefixes(settings.query, settings.prefixes));
  window.yusuan = { yasgui, put };
} else {
  window.yusuan = { put };
}

for (const form of document.querySelectorAll("form[data-question]")) {
  const button = form.querySelector("[data-edit]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const given = new URLSearchParams(new FormData(form));
    given.set("format", "sparql");
    const answer = await fetch(`${form.getAttribute("action")}?${given}`);
    if (answer.ok) put(await answer.text());
    else document.getElementById("said").textContent = await answer.text();
  });
}
