// Looks names up in the index of the site: what starts with the words first, then what holds them.
const form = document.querySelector(".finder");
const input = form.querySelector("input");
const list = document.getElementById("found");
const count = document.getElementById("found-count");
const kinds = list ? JSON.parse(list.dataset.kinds) : {};
let index;

const fold = (text) => text.normalize("NFKC").toLowerCase();

async function entries() {
  index ??= fetch(form.dataset.index).then((answer) => answer.json());
  return index;
}

function rank(entry, words) {
  const title = fold(entry[1]), rest = fold(`${entry[2]} ${entry[3]}`);
  let score = 0;
  for (const word of words) {
    if (title.startsWith(word)) score += 4;
    else if (title.includes(word)) score += 3;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return score + ({ department: 0.4, filing: 0.1, project: 0.3 }[entry[0]] ?? 0.2);
}

async function look() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  list.replaceChildren();
  if (!words.length) {
    count.textContent = "";
    return;
  }
  const found = (await entries()).map((entry) => [rank(entry, words), entry]).filter(([score]) => score >= 1);
  found.sort((a, b) => b[0] - a[0] || (a[1][1] < b[1][1] ? -1 : 1));
  count.textContent = found.length ? count.dataset.found.replace("{n}", found.length) : count.dataset.none;
  for (const [, [kind, title, told, path]] of found.slice(0, 100)) {
    const item = document.createElement("li"), label = document.createElement("span");
    const link = document.createElement("a"), more = document.createElement("span");
    label.className = "kind";
    label.textContent = kinds[kind];
    link.href = form.dataset.root + path.split("/").map(encodeURIComponent).join("/").replaceAll("%7E", "~") + form.dataset.ending;
    link.textContent = title;
    more.className = "dim";
    more.textContent = ` ${told}`;
    item.append(label, link, more);
    list.append(item);
  }
}

if (list) {
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  const changed = () => {
    const address = new URL(location.href);
    if (input.value) address.searchParams.set("q", input.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    look();
  };
  input.addEventListener("input", changed);
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  look();
}
