// The filters: types, relations, modality. What is not in the graph is not offered.
import { byId, dot, h, link } from "./dom.js";
import { either, word } from "./words.js";

/** Build the filters; `change` is called when one was used. */
export function showFilters(model, state, change) {
  const count = (items, key) =>
    items.reduce((sums, item) => sums.set(key(item), (sums.get(key(item)) ?? 0) + 1), new Map());
  const types = count(model.nodes, (node) => node.type);
  const relations = count(model.statements, (s) => s.relation);
  const modalities = count(model.statements, (s) => s.modality);
  const byCount = (counts) =>
    [...counts].sort((a, b) => b[1] - a[1]).map(([item, n]) => ({ id: item.id, label: either(item.label), n, item }));
  const groups = [
    group(
      "types",
      state.types,
      model.types
        .filter((t) => types.has(t))
        .map((t) => ({ id: t.id, label: either(t.label), n: types.get(t), item: t })),
      change,
    ),
    group("relations", state.relations, byCount(relations), change),
  ];
  if (modalities.size > 1) {
    groups.push(
      group(
        "modality",
        state.modalities,
        [...modalities].map(([id, n]) => ({ id, label: word(id), n, mark: id })),
        change,
      ),
    );
  }
  byId("filters").replaceChildren(...groups);
}

function group(key, chosen, options, change) {
  const boxes = options.map((option) => row(option, chosen, change));
  function all(on) {
    for (const option of options) {
      if (on) chosen.add(option.id);
      else chosen.delete(option.id);
    }
    for (const box of boxes) box.querySelector("input").checked = on;
    change();
  }
  return h(
    "div",
    { class: `group ${key}`, role: "group", "aria-labelledby": `filter-${key}` },
    h(
      "div",
      { class: "group-head" },
      h("h2", { id: `filter-${key}` }, word(key)),
      link(word("all"), () => all(true), { "aria-label": `${word(key)}: ${word("all")}` }),
      link(word("none"), () => all(false), { "aria-label": `${word(key)}: ${word("none")}` }),
    ),
    ...boxes,
  );
}

function row({ id, label, n, item, mark }, chosen, change) {
  function toggle(event) {
    if (event.target.checked) chosen.add(id);
    else chosen.delete(id);
    change();
  }
  const box = h("input", { type: "checkbox", value: id, on: { change: toggle } });
  box.checked = chosen.has(id);
  return h(
    "label",
    {},
    box,
    item?.colour ? dot(item) : null,
    mark ? h("span", { class: `stroke ${mark}`, "aria-hidden": "true" }) : null,
    h("span", { class: "option" }, label),
    h("span", { class: "count" }, n.toLocaleString("en-US")),
  );
}
