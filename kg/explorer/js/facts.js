// The facts of an item: what it does, and what is said of it, by relation; each with its sources.
import { dot, growing, h, itemLink } from "./dom.js";
import { sources } from "./evidence.js";
import { nameOf, withinOf } from "./search.js";
import { either, word } from "./words.js";

const ROWS = 12;

/** The section, or null when there are none. */
export function factsSection(item, statements, open) {
  if (!statements.length) return null;
  return h(
    "section",
    { class: "facts", "aria-labelledby": "facts-title" },
    h("h3", { id: "facts-title" }, word("facts"), h("span", { class: "count" }, String(statements.length))),
    ...grouped(item, statements).map((group) => factGroup(item, group, open)),
  );
}

/** By relation and direction, in the order of the vocabulary; of a symmetric relation there is one direction. */
function grouped(item, statements) {
  const groups = new Map();
  for (const statement of statements) {
    const incoming = statement.object === item && !statement.relation.symmetric;
    const key = `${statement.relation.id} ${incoming}`;
    const group = groups.get(key) ?? { relation: statement.relation, incoming, statements: [] };
    group.statements.push(statement);
    groups.set(key, group);
  }
  const late = (group) => (group.incoming ? 1 : 0);
  return [...groups.values()].sort((a, b) => late(a) - late(b) || b.statements.length - a.statements.length);
}

function factGroup(item, { relation, incoming, statements }, open) {
  const first = (s) => s.articles.map((a) => a.day ?? "9999").sort()[0];
  const sorted = [...statements].sort(
    (a, b) => b.articles.length - a.articles.length || (first(a) < first(b) ? -1 : 1),
  );
  const list = h("ul", {});
  return h(
    "div",
    { class: "fact-group" },
    h(
      "h4",
      {},
      h(
        "span",
        { class: incoming ? "arrow in" : "arrow", "aria-hidden": "true" },
        incoming ? "←" : relation.symmetric ? "↔" : "→",
      ),
      either(relation.label),
      incoming ? h("span", { class: "direction" }, word("asObject")) : null,
      statements.length > 1 ? h("span", { class: "count" }, String(statements.length)) : null,
    ),
    ...growing(
      list,
      sorted,
      (s) => fact(item, s, open),
      ROWS,
      (n) => word("moreRows", n),
    ),
  );
}

function fact(item, statement, open) {
  const { subject, object, modality, qualifier, evidence, confidence } = statement;
  const ends = [subject, object].filter((end) => end !== item);
  const names = ends.flatMap((end, number) => [
    number ? h("span", { class: "to" }, "→") : null,
    end.sort === "node" ? dot(end) : null,
    itemLink(end, nameOf(end), open),
    withinOf(end),
  ]);
  return h(
    "li",
    { class: `fact ${modality}`, data: { id: statement.id } },
    h(
      "div",
      { class: "fact-line" },
      ...names,
      qualifier ? h("span", { class: "qualifier" }, qualifier) : null,
      modality === "asserted" ? null : h("span", { class: "badge" }, word(`${modality}Mark`)),
    ),
    sources(ownFirst(evidence, item), open, ` · ${word("confidence")} ${confidence}`),
  );
}

/** Of an article its own words come before those of others. */
function ownFirst(evidence, item) {
  const own = evidence.filter((e) => e.article === item);
  return [...own, ...evidence.filter((e) => e.article !== item)];
}
