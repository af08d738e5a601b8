// Agencies, years and a code side by side. The choice stands in the address, so that it can be kept and shared.
import { draw } from "./charts.js";

const form = document.getElementById("compare");
const { files, language, root, ending, unit } = form.dataset;
const scale = Number(form.dataset.scale);
const get = (id) => document.getElementById(id);
const fetched = new Map();
const load = (name) => {
  if (!fetched.has(name)) fetched.set(name, fetch(`${files}${name}.json`).then((answer) => answer.json()));
  return fetched.get(name);
};
const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
const filings = (await load("filings")).map(([id, department, name, year, phase, scope]) => ({ id, department, name, year, phase, scope }));
const years = [...new Set(filings.map((filing) => filing.year))].sort();
const departments = [...new Map(filings.map((filing) => [filing.department, filing])).values()];
const state = new URLSearchParams(location.search);

for (const [id, chosen] of [["from", state.get("from") ?? years[0]], ["until", state.get("until") ?? years.at(-1)]]) {
  get(id).append(...years.map((year) => option(year, year)));
  get(id).value = chosen;
}
if (state.has("form") && [...get("form").options].some((o) => o.value === state.get("form"))) get("form").value = state.get("form");

const wanted = state.getAll("d");
for (const { department, name, scope } of departments) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", value: department });
  box.checked = wanted.length ? wanted.includes(department) : scope === "部门";
  label.append(box, scope === "部门" ? name : `${name} (${form.dataset.scope})`);
  get("departments").append(label);
}

let codes = [];
async function chooseForm() {
  const kept = get("code").value || state.get("code");
  codes = await load(get("form").value);
  get("code").replaceChildren(...codes.map(([key, zh, en]) => option(key, (language === "zh" ? zh : en) || form.dataset.all)));
  get("code").value = codes.some(([key]) => key === kept) ? kept : codes.some(([key]) => key === "total:") ? "total:" : codes[0]?.[0] ?? "";
  await show();
}

const plain = (value) => (value / scale).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: language === "zh" ? 2 : 3 });
const rate = (value, before) => {
  if (value === undefined || !before) return "";
  const change = (value - before) / Math.abs(before) * 100;
  return `${change > 0 ? "+" : change < 0 ? "−" : ""}${Math.abs(change).toFixed(1)}%`;
};

async function show() {
  const chosen = new Set([...get("departments").querySelectorAll("input:checked")].map((box) => box.value));
  const [from, until] = [Number(get("from").value), Number(get("until").value)];
  const code = codes.find(([key]) => key === get("code").value);
  const cells = new Map();
  const columns = new Map();
  for (const [place, amount] of code?.[3] ?? []) {
    const filing = filings[place];
    if (!chosen.has(filing.department) || filing.year < from || filing.year > until) continue;
    const column = `${filing.year} ${form.dataset[filing.phase] ?? filing.phase}`;
    columns.set(column, filing.year + (filing.phase === "final" ? 0.5 : 0));
    if (!cells.has(filing.department)) cells.set(filing.department, { name: filing.name, scope: filing.scope, amounts: new Map() });
    cells.get(filing.department).amounts.set(column, { amount, filing: filing.id });
  }
  const ordered = [...columns].sort((a, b) => a[1] - b[1]).map(([column]) => column);
  const rows = [...cells].sort((a, b) => Math.max(...[...b[1].amounts.values()].map((c) => c.amount)) - Math.max(...[...a[1].amounts.values()].map((c) => c.amount)));
  title(code);
  table(rows, ordered);
  remember(chosen, from, until);
  await plot(rows, ordered);
}

function title(code) {
  const named = code ? (language === "zh" ? code[1] : code[2]) || form.dataset.all : "";
  get("answer").textContent = `${named} · ${get("form").selectedOptions[0]?.textContent ?? ""} (${unit})`;
}

function table(rows, columns) {
  const head = document.createElement("thead"), body = document.createElement("tbody"), top = head.insertRow();
  const th = (text, scope, number) => Object.assign(document.createElement("th"), { textContent: text, scope, className: number ? "number" : "" });
  top.append(th(form.dataset.department, "col"), ...columns.flatMap((column, index) => index ? [th(column, "col", true), th(form.dataset.change, "col", true)] : [th(column, "col", true)]));
  const lines = [[form.dataset.department, ...columns]];
  for (const [department, { name, scope, amounts }] of rows) {
    const row = body.insertRow(), label = th("", "row"), link = document.createElement("a");
    link.href = `${root}department/${encodeURIComponent(department)}${ending}`;
    link.textContent = scope === "部门" ? name : `${name} (${form.dataset.scope})`;
    label.append(link);
    row.append(label);
    lines.push([link.textContent, ...columns.map((column) => amounts.get(column)?.amount ?? "")]);
    columns.forEach((column, index) => {
      const cell = row.insertCell(), found = amounts.get(column);
      cell.className = "number";
      if (found) {
        const to = document.createElement("a");
        to.href = `${root}filing/${encodeURIComponent(found.filing)}${ending}`;
        to.textContent = plain(found.amount);
        cell.append(to);
      }
      if (index) {
        const change = row.insertCell();
        change.className = "number dim";
        change.textContent = rate(found?.amount, amounts.get(columns[index - 1])?.amount);
      }
    });
  }
  if (!rows.length) body.insertRow().insertCell().textContent = form.dataset.none;
  get("table").replaceChildren(head, body);
  const quoted = (cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
  get("csv").href = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\n")}\n`)}`;
}

function remember(chosen, from, until) {
  const kept = new URLSearchParams({ form: get("form").value, code: get("code").value, from, until });
  if (chosen.size !== departments.filter(({ scope }) => scope === "部门").length || [...chosen].some((d) => departments.find((x) => x.department === d).scope !== "部门")) {
    for (const department of chosen) kept.append("d", department);
    if (!chosen.size) kept.append("d", "");
  }
  history.replaceState(null, "", `?${kept}`);
  get("share").href = location.href;
}

async function plot(rows, columns) {
  const values = rows.flatMap(([, { name, scope, amounts }]) => columns.filter((c) => amounts.has(c)).map((column) => ({
    bar: `${scope === "部门" ? name : `${name} (${form.dataset.scope})`} ${column}`, filing: column, amount: amounts.get(column).amount / scale,
  })));
  if (!values.length) {
    get("plot").replaceChildren();
    return;
  }
  await draw(get("plot"), {
    width: "container", autosize: { type: "fit-x", contains: "padding" }, height: { step: 18 },
    data: { values }, mark: { type: "bar", cornerRadiusEnd: 2 },
    encoding: {
      y: { field: "bar", type: "nominal", sort: values.map((v) => v.bar), title: null, axis: { labelLimit: 300 } },
      x: { field: "amount", type: "quantitative", title: unit, axis: { tickCount: 5 } },
      color: { field: "filing", type: "nominal", scale: { domain: columns }, legend: null },
      tooltip: [{ field: "bar" }, { field: "amount" }],
    },
  });
}

get("form").addEventListener("change", chooseForm);
for (const id of ["code", "from", "until", "departments"]) get(id).addEventListener("change", show);
for (const [id, checked] of [["all", true], ["none", false]]) {
  get(id).addEventListener("click", () => {
    get("departments").querySelectorAll("input").forEach((box) => { box.checked = checked; });
    show();
  });
}
form.addEventListener("submit", (event) => event.preventDefault());
await chooseForm();
form.dataset.ready = "yes";
