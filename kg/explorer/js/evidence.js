// The words that say so, highlighted where they stand, with the article and its date.
import { readPassages } from "./data.js";
import { h, itemLink } from "./dom.js";
import { dateWords } from "./format.js";
import { nameOf } from "./search.js";
import { word } from "./words.js";

const AROUND = 60; // characters shown on either side
const BEGINS = 1;
const ENDS = 2;
const fillers = new WeakMap(); // what to do when a fold is opened for the first time

/** An article's date, with how it is known where that is not from print. */
export function issuedWords(article) {
  const how = word("basis")[article.basis];
  return article.issued ? dateWords(article.issued) + (how ? `（${how}）` : "") : word("noDate");
}

/** A line that names the article, or the first of several; opened, it shows every quote. */
export function sources(evidence, open, extra = "") {
  const articles = [...new Set(evidence.map((e) => e.article))];
  const [first] = articles;
  const several =
    articles.length > 1
      ? ` · ${word("inArticles", articles.length)}`
      : evidence.length > 1
        ? ` · ${word("quotes", evidence.length)}`
        : "";
  const fold = h(
    "details",
    { class: "sources" },
    h(
      "summary",
      {},
      h("span", { class: "source-title" }, nameOf(first)),
      h("span", { class: "source-date" }, `${issuedWords(first)}${several}${extra}`),
    ),
  );
  fillers.set(fold, () => fold.append(...evidence.map((e) => quote(e, open))));
  fold.addEventListener("toggle", () => fill(fold));
  return fold;
}

/** Put the quotes in, once. */
export function fill(fold) {
  const filler = fillers.get(fold);
  fillers.delete(fold);
  filler?.();
}

function quote(evidence, open) {
  const place = h("blockquote", { lang: "zh-CN" }, word("loading"));
  readPassages().then(
    (passages) => place.replaceChildren(...inContext(evidence, passages[evidence.passage])),
    () => place.replaceChildren(word("noSupport")),
  );
  const { article } = evidence;
  const credit = [article.publisher, issuedWords(article), word("position", evidence.at + 1)]
    .filter(Boolean)
    .join(" · ");
  return h(
    "figure",
    { class: "quote" },
    place,
    h(
      "figcaption",
      {},
      itemLink(article, nameOf(article), open),
      h("span", {}, credit),
      h("span", { class: "rule" }, `${word("rule")}: ${evidence.rule}`),
    ),
  );
}

function inContext({ start, length }, [text, bits]) {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, start + length + AROUND);
  const cutBefore = from > 0 || !(bits & BEGINS);
  const cutAfter = to < text.length || !(bits & ENDS);
  return [
    h("span", {}, (cutBefore ? "…" : "") + text.slice(from, start)),
    h("mark", {}, text.slice(start, start + length)),
    h("span", {}, text.slice(start + length, to) + (cutAfter ? "…" : "")),
  ];
}
