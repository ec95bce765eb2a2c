// The figures of an item: grouped by what they measure, as a chart where there is something to compare, and as a table.
import { chart, legend } from "./chart.js";
import { growing, h, itemLink } from "./dom.js";
import { sources } from "./evidence.js";
import { amount, dateWords, exactAmount } from "./format.js";
import { nameOf } from "./search.js";
import { word } from "./words.js";

const GROUPS = 8;
const ROWS = 24;

/** The section, or null when there are none. */
export function figuresSection(item, figures, open) {
  if (!figures.length) return null;
  const groups = grouped(item, figures);
  const list = h("div", { class: "groups" });
  return h(
    "section",
    { class: "figures", "aria-labelledby": "figures-title" },
    h("h3", { id: "figures-title" }, word("figures"), h("span", { class: "count" }, String(figures.length))),
    ...growing(
      list,
      groups,
      (group) => figureGroup(group, open),
      GROUPS,
      (n) => word("moreRows", n),
    ),
  );
}

/** By what is not the item itself: of an organisation by metric, of a metric by subject, of an article by both. */
function grouped(item, figures) {
  const groups = new Map();
  for (const figure of figures) {
    const parts = [figure.about, figure.metric].filter((part) => part !== null && part !== item);
    const key = `${parts.map((part) => part.id).join(" ")} ${figure.unit} ${figure.change ?? ""}`;
    const group = groups.get(key) ?? { parts, figures: [] };
    group.figures.push(figure);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.figures.sort(byTime);
  const charted = (group) => (new Set(group.figures.map((f) => f.time?.id)).size > 1 ? 0 : 1);
  return [...groups.values()].sort((a, b) => charted(a) - charted(b) || b.figures.length - a.figures.length);
}

function byTime(a, b) {
  const key = (f) => `${f.time?.begin ?? "9999"} ${f.time?.end ?? ""} ${f.evidence.article.day ?? ""}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

function figureGroup({ parts, figures }, open) {
  const name = parts.map(nameOf).join(" · ") || nameOf(figures[0].metric);
  const heading = parts.flatMap((part, number) => [number ? " · " : null, itemLink(part, nameOf(part), open)]);
  const drawn = chart(figures, name);
  const missing = figures.filter((f) => !f.time?.begin).length;
  return h(
    "div",
    { class: "figure-group" },
    h("h4", {}, ...(heading.length ? heading : [name]), h("span", { class: "count" }, kindOf(figures[0]))),
    drawn,
    drawn && h("p", { class: "legend" }, ...legend(figures), missing ? h("span", {}, word("noTime", missing)) : null),
    table(figures, name, open),
  );
}

/** What kind of number it is: its unit, and whether it tells of a change. */
function kindOf({ unit, change }) {
  return [unit, change && word("change")].filter(Boolean).join(" · ");
}

function table(figures, name, open) {
  const body = h(
    "table",
    { class: "numbers" },
    h("caption", { class: "unseen" }, name),
    h("thead", {}, h("tr", {}, ...["time", "value", "status"].map((key) => h("th", { scope: "col" }, word(key))))),
  );
  const rows = figures.map((figure) => () => row(figure, open));
  const [grown, more] = growing(
    body,
    rows,
    (make) => make(),
    ROWS,
    (n) => word("moreRows", n),
  );
  return more ? h("div", {}, grown, more) : grown;
}

function row(figure, open) {
  const also = [
    figure.comparedWith && word("comparedWith", figure.comparedWith),
    figure.statedBy && word("statedBy", nameOf(figure.statedBy)),
  ].filter(Boolean);
  return h(
    "tbody",
    { data: { id: figure.id } },
    h(
      "tr",
      {},
      h("td", { class: "time" }, figure.time ? dateWords(figure.time.edtf) : "—"),
      h(
        "td",
        { class: "value", title: `${word("exact")} ${exactAmount(figure)}` },
        amount(figure),
        also.length ? h("span", { class: "also" }, also.join("，")) : null,
      ),
      h("td", { class: `status ${figure.status}` }, word(figure.status)),
    ),
    h("tr", { class: "from" }, h("td", { colspan: 3 }, sources([figure.evidence], open))),
  );
}
