// Draws Vega-Lite charts when they come into view, in the page's colours, without evaluating text as code.
let ready;

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = new URL(`../vendor/${name}`, import.meta.url);
    element.onload = resolve;
    element.onerror = () => reject(new Error(name));
    document.head.append(element);
  });
}

function load() {
  ready ??= (async () => {
    await script("vega.js");
    await script("vega-lite.js");
    const { expressionInterpreter } = await import("../vendor/vega-interpreter.js");
    return expressionInterpreter;
  })();
  return ready;
}

function look() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  const ink = get("--ink"), dim = get("--dim"), line = get("--line");
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    axis: { labelColor: ink, titleColor: dim, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: ink, titleColor: dim, labelFontSize: 12, symbolType: "square" },
    view: { stroke: null },
    bar: { fill: get("--c0") },
    range: { category: [0, 1, 2, 3, 4, 5, 6, 7].map((index) => get(`--c${index}`)) },
  };
}

export async function draw(element, spec) {
  const interpreter = await load();
  const narrow = element.clientWidth < 480;
  const fitted = structuredClone(spec);
  if (narrow) {
    for (const channel of ["y", "x"]) {
      const axis = fitted.encoding?.[channel]?.axis;
      if (axis?.labelLimit) axis.labelLimit = 110;
    }
    if (fitted.encoding?.color?.legend) Object.assign(fitted.encoding.color.legend, { columns: 1, labelLimit: 240 });
  }
  const compiled = vegaLite.compile(fitted, { config: look(), logger: vega.logger(vega.Error) }).spec;
  element.view?.finalize();
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    renderer: "svg", logLevel: vega.Error, container: element, hover: true, expr: interpreter, loader: vega.loader({ http: { mode: "same-origin" } }),
    tooltip: (_handler, _event, item, value) => {
      const told = value && typeof value === "object" ? Object.values(value).join(" · ") : value ?? "";
      element.title = String(told);
    },
  });
  element.view = view;
  await view.runAsync();
  element.querySelector("svg")?.setAttribute("aria-hidden", "true");
  element.dataset.drawn = "yes";
}

const charts = [...document.querySelectorAll("[data-chart]")];
const specs = new Map(charts.map((element) => [element, JSON.parse(document.getElementById(element.dataset.chart).textContent)]));
const shown = new Set();

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting && !shown.has(entry.target)) {
      shown.add(entry.target);
      draw(entry.target, specs.get(entry.target));
    }
  }
}, { rootMargin: "300px" });
charts.forEach((element) => watcher.observe(element));

function again() {
  for (const element of shown) draw(element, specs.get(element));
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
let timer, width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  clearTimeout(timer);
  timer = setTimeout(again, 200);
});
addEventListener("beforeprint", () => charts.forEach((element) => shown.has(element) || (shown.add(element), draw(element, specs.get(element)))));
