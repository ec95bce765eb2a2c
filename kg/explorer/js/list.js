// The same as the drawing, as a table: for those who cannot see it, or rather read.
import { byId, dot, growing, h, itemLink } from "./dom.js";
import { nameOf, sortOf, withinOf } from "./search.js";
import { inPeriod } from "./state.js";
import { word } from "./words.js";

const ROWS = 60;

/** Fill the list with what the filters let through: linked nodes first, then the others. */
export function showList(model, view, state, open) {
  const rest = model.nodes.filter(
    (node) => state.types.has(node.type.id) && !view.degrees.has(node) && inPeriod(node.articles, state.period),
  );
  rest.sort((a, b) => b.figures.length - a.figures.length || b.articles.length - a.articles.length);
  const nodes = state.around ? [...view.shown.keys()] : [...view.linked, ...rest];
  const body = h("tbody", {});
  const rows = growing(
    body,
    nodes,
    (node) => row(node, view, open),
    ROWS,
    (n) => word("moreRows", n),
  );
  const head = ["name", "type", "links", "figures", "mentions"];
  byId("list").replaceChildren(
    h("p", { class: "note" }, word("listHint")),
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, word("list")),
      h("thead", {}, h("tr", {}, ...head.map((key) => h("th", { scope: "col" }, word(key))))),
      body,
    ),
    ...rows.slice(1),
  );
}

function row(node, view, open) {
  return h(
    "tr",
    { data: { id: node.id } },
    h("th", { scope: "row" }, itemLink(node, nameOf(node), open), withinOf(node)),
    h("td", {}, dot(node), sortOf(node)),
    h("td", { class: "number" }, String(view.degrees.get(node) ?? 0)),
    h("td", { class: "number" }, String(node.figures.length)),
    h("td", { class: "number" }, String(node.articles.length)),
  );
}
