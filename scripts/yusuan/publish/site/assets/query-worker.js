// Holds the graph in Oxigraph and answers queries over all its graphs together.
import init, * as oxigraph from "../vendor/oxigraph.js";

let store;

async function load(dump) {
  await init();
  const answer = await fetch(dump);
  if (!answer.ok) throw new Error(`${answer.status} ${dump}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b; // some hosts unpack .gz on the way
  const stream = new Blob([bytes]).stream();
  const text = await new Response(packed ? stream.pipeThrough(new DecompressionStream("gzip")) : stream).text();
  const made = new oxigraph.Store();
  made.load(text, { format: "application/n-quads", no_transaction: true, lenient: true });
  return made;
}

const NUMBERS = /#(decimal|integer|double|float|int|long|nonNegativeInteger)$/;

function told(term) {
  if (term === undefined) return { value: "", kind: "" };
  const kind = term.termType === "NamedNode" ? "iri" : term.termType === "Literal" && NUMBERS.test(term.datatype.value) ? "number" : "text";
  return { value: term.value, kind };
}

addEventListener("message", async ({ data: { dump, query, base } }) => {
  try {
    store ??= load(dump);
    const graph = await store;
    const start = performance.now();
    const found = graph.query(query, { use_default_graph_as_union: true, base_iri: base });
    const seconds = (performance.now() - start) / 1000;
    if (typeof found === "boolean") return postMessage({ columns: ["answer"], rows: [[{ value: String(found), kind: "" }]], seconds });
    if (found.length && found[0] instanceof Map) {
      const columns = [...found[0].keys()];
      for (const row of found) for (const key of row.keys()) if (!columns.includes(key)) columns.push(key);
      const order = [...query.matchAll(/\?(\w+)/g)].map((match) => match[1]);
      columns.sort((a, b) => order.indexOf(a) - order.indexOf(b));
      return postMessage({ columns, rows: found.map((row) => columns.map((column) => told(row.get(column)))), seconds });
    }
    const rows = found.map((quad) => [told(quad.subject), told(quad.predicate), told(quad.object)]);
    postMessage({ columns: rows.length ? ["subject", "predicate", "object"] : [], rows, seconds });
  } catch (error) {
    store = store && await store.catch(() => undefined) ? store : undefined;
    postMessage({ error: String(error.message ?? error) });
  }
});
