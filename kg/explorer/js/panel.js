// The side panel: who or what an item is, its facts and its figures.
import { announce, byId, dot, h, itemLink, link } from "./dom.js";
import { fill, issuedWords } from "./evidence.js";
import { factsSection } from "./facts.js";
import { figuresSection } from "./figures.js";
import { dateWords } from "./format.js";
import { nameOf, sortOf } from "./search.js";
import { inPeriod } from "./state.js";
import { word } from "./words.js";

const NAMES = 8;

/** Show an item; `acts` are open, close, back, around, expand and locate, where each makes sense. */
export function showPanel(item, state, acts) {
  const panel = byId("panel");
  const statements = item.statements.filter((s) => inPeriod(s.articles, state.period));
  const figures = item.figures.filter((f) => inPeriod([f.evidence.article], state.period));
  const outside = item.statements.length + item.figures.length - statements.length - figures.length;
  panel.replaceChildren(
    h(
      "div",
      { class: "panel-bar" },
      acts.back ? link(`← ${word("back")}`, acts.back, { class: "quiet" }) : h("span", {}),
      link("×", acts.close, { class: "quiet close", "aria-label": word("close"), title: word("close") }),
    ),
    ...heading(item, acts.open),
    buttons(item, acts, statements.length + figures.length),
    ...[factsSection(item, statements, acts.open), figuresSection(item, figures, acts.open)].filter(Boolean),
    outside ? h("p", { class: "note" }, word("outsideTime", outside)) : "",
    statements.length + figures.length + outside ? "" : h("p", { class: "note" }, word("noFacts")),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
  announce(word("opened", nameOf(item), statements.length, figures.length));
}

function heading(item, open) {
  const sort = h("p", { class: "sort" }, dot(item), sortOf(item));
  const name = h("h2", { id: "panel-title", tabindex: "-1" }, nameOf(item));
  if (item.sort === "article") return [sort, name, articleLines(item)];
  const names =
    item.aliases.slice(0, NAMES).join("、") +
    (item.aliases.length > NAMES ? ` ${word("moreNames", item.aliases.length - NAMES)}` : "");
  const lines = [
    [word(item.edtf ? "printedAs" : "alsoCalled"), names],
    [word(item.type?.id === "Policy" ? "documentNumber" : "codes"), item.codes.join("、")],
    [word("within"), item.within],
    [word("articles"), item.articles.length ? seen(item, open) : null],
  ];
  return [sort, name, definitions(lines)];
}

function articleLines(article) {
  return definitions([
    [word("time"), issuedWords(article)],
    [word("publisher"), article.publisher],
    [word("reporters"), article.reporters.join("、")],
    [word("file"), article.files.join("、")],
  ]);
}

function definitions(lines) {
  const kept = lines.filter(([, value]) => value);
  return kept.length ? h("dl", {}, ...kept.flatMap(([key, value]) => [h("dt", {}, key), h("dd", {}, value)])) : "";
}

/** In how many articles, from when to when; a single one is named. */
function seen(item, open) {
  if (item.articles.length === 1) return itemLink(item.articles[0], nameOf(item.articles[0]), open);
  const days = item.articles
    .map((a) => a.day)
    .filter(Boolean)
    .sort();
  const period = days.length ? `，${dateWords(days[0])}—${dateWords(days[days.length - 1])}` : "";
  return word("mentionedIn", item.articles.length) + period;
}

function buttons(item, acts, anything) {
  const folds = () => [...byId("panel").querySelectorAll("details.sources")];
  const opened = h("button", { type: "button", "aria-pressed": "false", on: { click: toggle } }, word("openAll"));
  function toggle() {
    const open = opened.getAttribute("aria-pressed") !== "true";
    openAll(folds(), open);
    opened.setAttribute("aria-pressed", String(open));
    opened.textContent = word(open ? "closeAll" : "openAll");
  }
  const made = [
    acts.around && h("button", { type: "button", on: { click: acts.around } }, word("neighbourhood")),
    acts.expand && h("button", { type: "button", on: { click: acts.expand } }, word("expand")),
    acts.locate && h("button", { type: "button", on: { click: acts.locate } }, word("locate")),
    anything ? opened : null,
  ];
  return h("div", { class: "acts" }, ...made.filter(Boolean));
}

/** Open or close folds with all their quotes. */
export function openAll(folds, open) {
  for (const fold of folds) {
    if (open) fill(fold);
    fold.open = open;
  }
}
