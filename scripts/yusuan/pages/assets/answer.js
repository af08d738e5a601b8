// A chart above the table of an answer.

import { chart } from "./chart.js";

const found = document.getElementById("rows");
const host = document.getElementById("chart");
if (found && host) {
  const columns = [...found.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...found.tBodies[0].rows].filter((row) => row.cells.length === columns.length).map((row) =>
    [...row.cells].map((cell) => ({
      text: cell.textContent.trim(),
      number: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
    })));
  host.hidden = !chart(host, JSON.parse(host.dataset.words), columns, rows);
}
