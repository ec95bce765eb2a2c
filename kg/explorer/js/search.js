// Search by any name: the form names are compared in is that of kg/model.py, where width, case, spaces, quotes and
// dashes do not count.
import { announce, byId, dot, h } from "./dom.js";
import { dateWords } from "./format.js";
import { either, word } from "./words.js";

const UNFOLDED = /[\s《》〈〉“”"'‘’「」『』·•・—\-–_]/gu;
const SHOWN = 12;

export function fold(name) {
  return name.normalize("NFKC").toLowerCase().replace(UNFOLDED, "") || name;
}

function otherNames({ aliases = [], codes = [], knownAs = [] }) {
  return [...aliases, ...codes, ...knownAs];
}

/** Every item with its folded names; the more there is about it, the earlier it comes among equals. */
export function searchIndex(model) {
  const items = [...model.things, ...model.articles].filter((item) => item.kind !== "Thing");
  return items.map((item) => ({
    item,
    names: [...new Set([item.name ?? item.title ?? "", ...otherNames(item)].map(fold))].filter(Boolean),
    weight: item.statements.length + item.figures.length + (item.sort === "node" ? 1 : 0),
  }));
}

/** How well the words fit: 0 exactly, 1 a beginning, 2 inside, 3 as an abbreviation; null not at all. */
function fit(entry, wanted) {
  let best = null;
  for (const name of entry.names) {
    const at = name.indexOf(wanted);
    const rank =
      name === wanted ? 0 : at === 0 ? 1 : at > 0 ? 2 : entry.item.sort === "node" && shortens(wanted, name) ? 3 : null;
    if (rank !== null && (best === null || rank < best)) best = rank;
  }
  return best === null ? null : best + (entry.item.sort === "article" ? 4 : 0); // titles come last
}

/** Whether the characters stand in the name in this order: 发改委 in 国家发展和改革委员会. */
function shortens(wanted, name) {
  if (wanted.length < 2) return false;
  let at = -1;
  for (const character of wanted) {
    at = name.indexOf(character, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Items that are called so, best first. */
export function search(index, words) {
  const wanted = words.trim() ? fold(words) : "";
  if (!wanted) return [];
  const found = [];
  for (const entry of index) {
    const rank = fit(entry, wanted);
    if (rank !== null) found.push([rank, -entry.weight, entry.item]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((row) => row[2]);
}

/** The name a reader knows the item by. */
export function nameOf(item) {
  if (item === null) return word("unnamed");
  if (item.sort === "article") return item.title ?? word("noTitle");
  return item.edtf ? dateWords(item.edtf) : item.name;
}

/** Where it belongs, for those whose name does not tell: 科技局 of 徐州市. */
export function withinOf(item) {
  return item?.within && !item.name.includes(item.within) ? h("span", { class: "within" }, item.within) : null;
}

/** The label of its type, with the kind if it has one. */
export function sortOf(item) {
  if (item.sort === "article") return word("Article");
  if (item.sort === "label") return word(item.kind);
  const kind = item.kind && item.type.kinds[item.kind];
  return either(item.type.label) + (kind ? ` · ${either(kind)}` : "");
}

/** The search field as a combobox: arrows walk through the results, Enter opens, Escape closes. */
export function searchField(model, open) {
  const input = byId("search");
  const list = byId("found");
  let index = null;
  let items = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(item) {
    input.value = nameOf(item);
    close();
    open(item);
  }

  function mark(number) {
    active = items.length ? (number + items.length) % items.length : -1;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === active)));
    const row = list.children[active];
    if (!row) return;
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  function row(item, number) {
    const wanted = fold(input.value);
    const alias = fold(nameOf(item)).includes(wanted) ? null : otherNames(item).find((a) => fold(a).includes(wanted));
    return h(
      "li",
      {
        id: `found-${number}`,
        role: "option",
        "aria-selected": "false",
        on: {
          mousedown: (event) => {
            event.preventDefault();
            choose(item);
          },
        },
      },
      dot(item),
      h(
        "span",
        { class: "found-name" },
        nameOf(item),
        withinOf(item),
        alias ? h("span", { class: "found-alias" }, alias) : null,
      ),
      h("span", { class: "found-type" }, item.sort === "article" ? dateWords(item.issued) : sortOf(item)),
    );
  }

  function look() {
    index ??= searchIndex(model);
    const all = search(index, input.value);
    items = all.slice(0, SHOWN);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...items.map(row));
    const wanted = input.value.trim() !== "";
    if (wanted && !items.length)
      list.append(h("li", { class: "none", role: "option", "aria-disabled": "true" }, word("nothingFound")));
    list.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted));
    if (wanted) announce(word("found", all.length));
  }

  input.addEventListener("input", look);
  input.addEventListener("focus", () => {
    if (input.value) {
      input.select();
    }
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method while it composes characters
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      mark(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
    } else if (event.key === "Enter" && items.length && !list.hidden) {
      choose(items[Math.max(active, 0)]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}
