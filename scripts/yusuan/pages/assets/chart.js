// A bar or line chart of a table, drawn as SVG, with a choice of what to draw.

const SVG = "http://www.w3.org/2000/svg";
const COLOURS = ["#1f77b4", "#d95f02", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22"];
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [900, 420, 90, 20, 30, 110];
const MOST = 60;

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function select(label, options, chosen, changed) {
  const holder = document.createElement("div");
  const name = document.createElement("label");
  const list = document.createElement("select");
  list.id = `chart-${label}-${Math.random().toString(36).slice(2)}`;
  name.htmlFor = list.id;
  name.textContent = label;
  for (const [value, text] of options) list.append(new Option(text, value, false, value === chosen));
  list.addEventListener("change", () => changed(list.value));
  holder.append(name, list);
  return holder;
}

// Steps of 1, 2 or 5 times a power of ten, some five of them, that hold all values and zero.
export function ticks(low, high) {
  const span = Math.max(high, 0) - Math.min(low, 0) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = power * [1, 2, 5, 10].find((times) => span / (power * times) <= 6);
  const first = Math.floor(Math.min(low, 0) / step);
  const last = Math.ceil(Math.max(high, 0) / step);
  return Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, place) => (first + place) * step);
}

// Columns of a table that hold numbers wherever they hold anything.
export function numeric(columns, rows) {
  return columns.map((_, place) => place).filter((place) => {
    const held = rows.filter((row) => row[place].text !== "");
    return held.length > 0 && held.every((row) => row[place].number !== null);
  });
}

// Rows as lines of points: one line a value of the series column, in the order they come.
export function points(rows, x, y, series) {
  const places = [];
  const lines = new Map();
  let added = false;
  for (const row of rows) {
    if (row[y].number === null) continue;
    const place = row[x].text;
    if (!places.includes(place)) places.push(place);
    const name = series === null ? "" : row[series].text;
    if (!lines.has(name)) lines.set(name, new Map());
    const line = lines.get(name);
    added ||= line.has(place);
    line.set(place, (line.get(place) ?? 0) + row[y].number);
  }
  return {
    places: places.slice(0, MOST),
    lines: [...lines].slice(0, COLOURS.length),
    added,
    more: places.length > MOST || lines.size > COLOURS.length,
  };
}

function draw(kind, title, { places, lines }) {
  const values = lines.flatMap(([, line]) => places.map((place) => line.get(place)).filter((value) => value !== undefined));
  const steps = ticks(Math.min(...values), Math.max(...values));
  const [low, high] = [steps[0], steps[steps.length - 1]];
  const up = (value) => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const wide = (WIDTH - LEFT - RIGHT) / places.length;
  const made = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": title });
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6 });
  for (const step of steps) {
    made.append(
      element("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: up(step), y2: up(step), class: "grid" }),
      element("text", { x: LEFT - 8, y: up(step) + 4, "text-anchor": "end" }, format.format(step)),
    );
  }
  places.forEach((place, number) => {
    if (number % Math.ceil(places.length / 30)) return;
    const x = LEFT + (number + 0.5) * wide;
    const short = place.length > 12 ? `${place.slice(0, 11)}…` : place;
    made.append(element("text", { x, y: HEIGHT - BOTTOM + 16, "text-anchor": "end", transform: `rotate(-35 ${x} ${HEIGHT - BOTTOM + 16})` }, short));
  });
  lines.forEach(([name, line], order) => {
    const colour = COLOURS[order];
    const held = places.map((place, number) => [place, number, line.get(place)]).filter(([, , value]) => value !== undefined);
    const hint = (place, value) => element("title", {}, `${[name, place].filter(Boolean).join(", ")}: ${format.format(value)}`);
    if (kind === "line") {
      const path = held.map(([, number, value]) => `${LEFT + (number + 0.5) * wide},${up(value)}`).join(" ");
      made.append(element("polyline", { points: path, fill: "none", stroke: colour, "stroke-width": 2 }));
      for (const [place, number, value] of held) {
        made.append(element("circle", { cx: LEFT + (number + 0.5) * wide, cy: up(value), r: 4, fill: colour }, hint(place, value)));
      }
    } else {
      const bar = (wide * 0.8) / lines.length;
      for (const [place, number, value] of held) {
        const [a, b] = [up(Math.max(value, 0)), up(Math.min(value, 0))];
        const x = LEFT + number * wide + wide * 0.1 + order * bar;
        made.append(element("rect", { x, y: a, width: Math.max(bar - 1, 1), height: Math.max(b - a, 1), fill: colour }, hint(place, value)));
      }
    }
    if (name) made.append(element("text", { x: LEFT + order * 105, y: 16, style: `fill:${colour}` }, `■ ${name.slice(0, 8)}`));
  });
  return made;
}

// Shows a chart of the table in the host, with its choices. False where there is no column of numbers.
export function chart(host, words, columns, rows) {
  host.replaceChildren();
  const numbers = numeric(columns, rows);
  const others = columns.map((_, place) => place).filter((place) => !numbers.includes(place));
  const xs = others.length ? others : numbers;
  if (!numbers.length || !rows.length) return false;
  const distinct = (place) => new Set(rows.map((row) => row[place].text)).size;
  const x = xs.reduce((best, place) => (distinct(place) > distinct(best) ? place : best));
  const chosen = { kind: "bar", x, y: numbers.find((place) => place !== x) ?? numbers[0], series: null };
  const named = (places) => places.map((place) => [String(place), columns[place]]);
  const bar = document.createElement("div");
  bar.className = "fields";
  const picture = document.createElement("div");
  const said = document.createElement("p");
  const show = () => {
    const found = points(rows, chosen.x, chosen.y, chosen.series);
    picture.replaceChildren(draw(chosen.kind, `${columns[chosen.y]} / ${columns[chosen.x]}`, found));
    said.textContent = [found.added && words.added, found.more && words.more].filter(Boolean).join(" ");
  };
  bar.append(
    select(words.chart, [["bar", words.bar], ["line", words.line]], chosen.kind, (value) => { chosen.kind = value; show(); }),
    select(words.x, named(columns.map((_, place) => place)), String(chosen.x), (value) => { chosen.x = Number(value); show(); }),
    select(words.y, named(numbers), String(chosen.y), (value) => { chosen.y = Number(value); show(); }),
    select(words.series, [["", "–"], ...named(others)], "", (value) => { chosen.series = value === "" ? null : Number(value); show(); }),
  );
  host.append(bar, picture, said);
  show();
  return true;
}

// The bindings of SPARQL results in JSON as columns and rows.
export function table(results) {
  const columns = results.head.vars;
  const rows = results.results.bindings.map((bound) => columns.map((name) => {
    const term = bound[name];
    const isNumber = /#(decimal|integer|double|float|long|int)$/.test(term?.datatype ?? "");
    return { text: term?.value ?? "", number: isNumber ? Number(term.value) : null };
  }));
  return { columns, rows };
}
