// Everything connected: what the reader does changes the state, and the page is shown anew.
import { readData, readPassages } from "./data.js";
import { announce, byId, h, link } from "./dom.js";
import { showFilters } from "./filters.js";
import { showList } from "./list.js";
import { makeNetwork } from "./network.js";
import { showPanel } from "./panel.js";
import { preparePrinting } from "./printing.js";
import { nameOf, searchField } from "./search.js";
import { expand, expandArticle, firstState, visible } from "./state.js";
import { showTimeline } from "./timeline.js";
import { currentLanguage, setLanguage, speak, word } from "./words.js";

const MORE = 2.5; // how much more a click on "more" shows
const CROWD = 30; // nodes among which one must be looked for
let model = null;
let state = null;
let network = null;
const inFrame = globalThis.parent !== globalThis; // a frame's address is not the reader's
let view = null;
let trail = []; // what was open before
let origin = null; // what had the focus before the panel was opened

function refresh({ refit = false, quiet = false } = {}) {
  view = visible(model, state);
  network?.draw(view, state, refit);
  if (!byId("list").hidden) showList(model, view, state, open);
  const nodes = view.shown.size;
  byId("shown").textContent = state.around
    ? word("around", nameOf(state.around))
    : word("shown", ...[nodes, view.linked.length, view.links.length].map(number));
  showMoreButtons();
  if (!quiet) announce(byId("shown").textContent);
}

function number(n) {
  return n.toLocaleString("en-US");
}

function showMoreButtons() {
  const button = (key, act) =>
    link(
      word(key),
      () => {
        act();
        refresh({ refit: true });
      },
      { id: `more-${key}` },
    );
  const all = view.linked.length;
  const made = [];
  if (state.around) {
    made.push(
      depthButtons(),
      button("wholeGraph", () => {
        state.around = null;
      }),
    );
  } else if (view.limit < all) {
    made.push(
      button("showMore", () => {
        state.limit = Math.min(all, Math.round(view.limit * MORE));
      }),
      button("showAll", () => {
        state.limit = all;
      }),
    );
  } else if (state.limit !== null) {
    made.push(
      button("showTop", () => {
        state.limit = null;
        state.added.clear();
      }),
    );
  }
  byId("more").replaceChildren(...made);
}

function depthButtons() {
  const choose = (depth) => () => {
    state.depth = depth;
    refresh({ refit: true });
  };
  const steps = [1, 2].map((depth) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(state.depth === depth), on: { click: choose(depth) } },
      String(depth),
    ),
  );
  return h("span", { class: "depth", role: "group", "aria-label": word("depth") }, word("depth"), ...steps);
}

/** Open an item in the panel; a node is also marked in the drawing, with its neighbours. */
function open(item, { added = false, returning = false, refit = false } = {}) {
  if (!item) return;
  if (byId("panel").hidden) origin = document.activeElement;
  if (state.chosen && state.chosen !== item && !returning) trail.push(state.chosen);
  state.chosen = item;
  const wasHidden = byId("panel").hidden;
  fillPanel();
  if (wasHidden) network?.resize();
  if (item.sort === "node" && (added || !state.around)) expand(item, state, view.shown, view.degrees);
  if (item.sort === "article" && !state.around) expandArticle(item, state);
  const narrow = wasHidden && globalThis.matchMedia("(max-width: 720px)").matches; // there the panel takes most of it
  refresh({ quiet: true, refit: refit || narrow });
  if (item.sort === "node" && !added && !state.around && view.shown.size > CROWD) network?.locate(item.id);
  byId("panel-title").focus({ preventScroll: true });
  if (!inFrame) history.replaceState(null, "", `#${item.id}`);
}

function fillPanel() {
  const item = state.chosen;
  if (!item) return;
  const linked = view.degrees.has(item); // by what the filters let through
  showPanel(item, state, {
    open,
    close: closePanel,
    back: trail.length ? () => open(trail.pop(), { returning: true }) : null,
    around: linked
      ? () => {
          state.around = item;
          state.depth = 1;
          showGraph(true);
          refresh({ refit: true });
        }
      : null,
    expand: linked
      ? () => {
          const n = expand(item, state, view.shown, view.degrees, true);
          refresh();
          network?.locate(item.id);
          announce(word("found", n));
        }
      : null,
    locate:
      linked && network
        ? () => {
            showGraph(true);
            network.locate(item.id);
          }
        : null,
  });
}

function closePanel() {
  if (byId("panel").hidden) return;
  byId("panel").hidden = true;
  state.chosen = null;
  trail = [];
  network?.resize();
  refresh({ quiet: true });
  if (!inFrame) history.replaceState(null, "", "#");
  (origin?.isConnected && origin !== document.body ? origin : byId("main")).focus();
}

function showGraph(graph) {
  turnTo(graph);
  if (graph) network?.resize();
  refresh({ quiet: true });
}

function turnTo(graph) {
  byId("graph").hidden = !graph;
  byId("list").hidden = graph;
  byId("view-graph").setAttribute("aria-pressed", String(graph));
  byId("view-list").setAttribute("aria-pressed", String(!graph));
}

/** All words of the page, in the language chosen. */
function dress() {
  setLanguage(currentLanguage());
  speak();
  byId("title").textContent = model.title ?? (currentLanguage() === "zh" ? "政策知识图谱" : "Policy knowledge graph");
  document.title = byId("title").textContent;
  byId("language").textContent = word("language");
  byId("language").setAttribute("aria-label", word("languageLabel"));
  byId("language").lang = currentLanguage() === "zh" ? "en" : "zh-CN";
  const entities = model.nodes.filter((node) => node.type.id !== "Date");
  byId("summary").textContent = word(
    "summary",
    ...[model.articles, entities, model.statements, model.figures].map((list) => number(list.length)),
  );
  showFilters(model, state, () => refresh());
  showTimeline(model, state, (period) => {
    state.period = period;
    refresh();
    fillPanel();
  });
  fillPanel();
}

function onKey(event) {
  const typing = event.target.matches("input, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape" && !byId("panel").hidden && event.target !== byId("search")) {
    closePanel();
  }
}

function onCanvasKey(event) {
  const acts = {
    ArrowLeft: () => network.pan(-1, 0),
    ArrowRight: () => network.pan(1, 0),
    ArrowUp: () => network.pan(0, 1),
    ArrowDown: () => network.pan(0, -1),
    "+": () => network.zoom(0.6),
    "=": () => network.zoom(0.6),
    "-": () => network.zoom(1.6),
    0: () => network.fit(),
    Enter: () => {
      showGraph(false);
      byId("view-list").focus();
    },
  };
  const act = acts[event.key];
  if (!act || !network || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}

async function start() {
  model = await readData();
  state = firstState(model);
  network = makeNetwork(
    (id) => open(model.byId.get(id), { added: true }),
    () => closePanel(),
  );
  dress();
  searchField(model, (item) => open(item));
  byId("skip").addEventListener("click", () => byId("search").focus());
  byId("view-graph").addEventListener("click", () => showGraph(true));
  byId("view-list").addEventListener("click", () => showGraph(false));
  byId("zoom-in").addEventListener("click", () => network?.zoom(0.6));
  byId("zoom-out").addEventListener("click", () => network?.zoom(1.6));
  byId("zoom-fit").addEventListener("click", () => network?.fit());
  byId("canvas").addEventListener("keydown", onCanvasKey);
  byId("language").addEventListener("click", () => {
    setLanguage(currentLanguage() === "zh" ? "en" : "zh");
    dress();
    refresh({ quiet: true });
  });
  byId("filters-button").addEventListener("click", () => {
    const shown = byId("filters").classList.toggle("shown");
    byId("filters-button").setAttribute("aria-expanded", String(shown));
  });
  document.addEventListener("keydown", onKey);
  preparePrinting(network);
  if (!network) {
    byId("no-canvas").hidden = false;
    byId("canvas").hidden = true;
  }
  turnTo(Boolean(network));
  refresh({ refit: true, quiet: true });
  const wanted = model.byId.get(location.hash.slice(1));
  if (wanted && !inFrame) open(wanted);
  globalThis.addEventListener("hashchange", () => open(model.byId.get(location.hash.slice(1))));
  globalThis.setTimeout(() => readPassages().catch(() => null), 500);
  globalThis.explorer = { model, state, network, view: () => view };
  document.body.dataset.ready = "yes";
}

start().catch((error) => {
  byId("shown").textContent = "DecompressionStream" in globalThis ? String(error) : word("noSupport");
  throw error;
});
