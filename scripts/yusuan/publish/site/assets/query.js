// The library of questions and an editor; a worker holds the graph and answers.
const told = JSON.parse(document.getElementById("told").textContent);
const ask = document.getElementById("ask");
const get = (id) => document.getElementById(id);
const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const questions = new Map(told.questions.map((question) => [question.name, question]));
const MOST = 1000;
let worker, given = {};

const pattern = (name) => new RegExp(`VALUES \\?${name} \\{ .*? \\}`);

// A value as SPARQL of the kind that the default is: an IRI, a number or a text.
function term(value, standard) {
  if (standard.startsWith("<")) {
    const iri = value.includes("://") ? value : standard.slice(1, standard.lastIndexOf("/") + 1) + value;
    return `<${iri.replace(/[\x00-\x20<>"{}|^`\\]/g, encodeURIComponent)}>`;
  }
  if (/^-?\d+(\.\d+)?$/.test(standard)) return /^-?\d+(\.\d+)?$/.test(value) ? value : standard;
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `"${escaped}"${standard.slice(standard.lastIndexOf('"') + 1)}`;
}

const bare = (standard) => standard.startsWith("<") ? standard.slice(standard.lastIndexOf("/") + 1, -1)
  : standard.startsWith('"') ? standard.slice(1, standard.lastIndexOf('"')) : standard;

function text(question) {
  let out = question.text;
  for (const { name, default: standard } of question.parameters) {
    if (name in given) out = out.replace(pattern(name), () => `VALUES ?${name} { ${term(given[name], standard)} }`);
  }
  return out;
}

function choose(name) {
  const question = questions.get(name);
  given = {};
  get("description").textContent = question.description[language];
  get("parameters").replaceChildren(...question.parameters.map((parameter) => {
    const box = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input");
    input.id = `parameter-${parameter.name}`;
    input.value = bare(parameter.default);
    label.htmlFor = input.id;
    label.textContent = parameter[language];
    input.addEventListener("input", () => { given[parameter.name] = input.value; get("text").value = text(question); });
    box.append(label, input);
    return box;
  }));
  get("text").value = text(question);
}

function link(value) {
  if (!value.startsWith(told.base)) return null;
  const [path, fragment] = value.slice(told.base.length).split("#");
  const element = document.createElement("a");
  element.href = ask.dataset.root + (path || "index") + ask.dataset.ending + (fragment ? `#${fragment}` : "");
  element.textContent = decodeURIComponent(value.slice(told.base.length));
  return element;
}

function show({ columns, rows, seconds }) {
  const head = document.createElement("thead"), body = document.createElement("tbody"), top = head.insertRow();
  for (const column of columns) top.append(Object.assign(document.createElement("th"), { textContent: column, scope: "col" }));
  for (const cells of rows.slice(0, MOST)) {
    const row = body.insertRow();
    for (const { value, kind } of cells) {
      const cell = row.insertCell();
      const to = kind === "iri" && link(value);
      if (to) cell.append(to);
      else cell.textContent = kind === "number" && value.includes(".") ? value.replace(/\.?0+$/, "") : value;
      if (kind === "number") cell.className = "number";
    }
  }
  get("rows").replaceChildren(head, body);
  const said = rows.length ? ask.dataset.rows.replace("{n}", rows.length) : ask.dataset.none;
  const cut = rows.length > MOST ? ` ${ask.dataset.truncated.replace("{n}", rows.length - MOST)}` : "";
  get("state").textContent = `${said}${cut} · ${seconds.toFixed(2)} ${ask.dataset.seconds}`;
  const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [columns, ...rows.map((cells) => cells.map(({ value }) => value))];
  get("csv").href = URL.createObjectURL(new Blob([lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n"], { type: "text/csv" }));
  get("csv").hidden = false;
}

function run() {
  if (!worker) {
    worker = new Worker(ask.dataset.worker, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      get("run").disabled = false;
      ask.dataset.state = data.error ? "failed" : "done";
      if (data.error) get("state").textContent = data.error;
      else show(data);
    });
    worker.addEventListener("error", (event) => { get("state").textContent = event.message ?? "error"; get("run").disabled = false; });
  }
  get("run").disabled = true;
  ask.dataset.state = "busy";
  get("state").textContent = ask.dataset.loading;
  const asked = get("text").value;
  const head = Object.entries(told.prefixes).filter(([name]) => !new RegExp(`PREFIX\\s+${name}:`, "i").test(asked)).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ");
  worker.postMessage({ dump: new URL(told.dump, location.href).href, query: `${head}\n${asked}`, base: told.base });
  history.replaceState(null, "", `#${encodeURIComponent(asked)}`);
}

get("question").addEventListener("change", () => choose(get("question").value));
get("run").addEventListener("click", run);
if (questions.size) choose(get("question").value);
if (location.hash.length > 1) get("text").value = decodeURIComponent(location.hash.slice(1));
