// Tells of the figure that the address names: its amount, its place, its name. Opens what hides it.
const told = document.getElementById("told");

function show() {
  const name = decodeURIComponent(location.hash.slice(1));
  const element = name && document.getElementById(name);
  if (!element) {
    if (told) told.hidden = true;
    return;
  }
  for (let parent = element.closest("details"); parent; parent = parent.parentElement.closest("details")) parent.open = true;
  if (!told || !element.dataset.amount) {
    element.scrollIntoView({ block: "center" });
    return;
  }
  told.replaceChildren();
  const amount = document.createElement("b");
  amount.textContent = element.dataset.amount;
  told.append(amount);
  for (const [label, value] of [[told.dataset.year, element.dataset.year], [told.dataset.role, element.dataset.role], [told.dataset.place, element.dataset.place]]) {
    const part = document.createElement("span");
    part.textContent = `${label}: ${value}`;
    told.append(part, " ");
  }
  const iri = document.createElement("code");
  iri.className = "iri";
  iri.textContent = told.dataset.iri + location.hash;
  told.append(iri);
  told.hidden = false;
  element.scrollIntoView({ block: "center", inline: "center" });
}

addEventListener("hashchange", show);
show();

// A click beside the figure's own link names the figure in the address.
document.addEventListener("click", (event) => {
  const cell = event.target.closest?.("td[data-amount]");
  if (cell && !event.target.closest("a")) location.hash = encodeURIComponent(cell.id);
});
