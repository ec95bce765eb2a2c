// The drawing: what is visible as nodes and lines on sigma's canvas.
import { byId } from "./dom.js";
import { edgePrograms, edgeType } from "./edges.js";
import { drawHover, drawLabels, drawRelation } from "./labels.js";
import { arranged, mostlyKnown, rings } from "./layout.js";
import { nameOf } from "./search.js";
import { either, word } from "./words.js";

const LINE = "#bcc4cc";
const LINE_OF_MANY = "#dde1e6";
const MANY = 3000; // links
const STRONG = "#66727d";
const FAINT = "#e4e7eb";
const FEW = 40; // links that can all have their label
const LONGEST = 16; // characters of a name on the canvas

/** A drawing with draw(), fit(), locate() and so on; null where the browser cannot draw. */
export function makeNetwork(open, close) {
  const vendor = globalThis.kgVendor;
  let hovered = null;
  let around = new Set(); // the chosen or hovered node and its neighbours
  let chosen = null;
  let told = new Set(); // of the open article: what it speaks of
  let graph = new vendor.DirectedGraph();
  let renderer;
  let labels = []; // wanted in this frame
  const settings = {
    nodeProgramClasses: {
      circle: vendor.createNodeBorderProgram({
        borders: [
          { size: { value: 0.12, mode: "relative" }, color: { value: "#ffffff" } },
          { size: { fill: true }, color: { attribute: "color" } },
        ],
      }),
    },
    edgeProgramClasses: edgePrograms(vendor),
    defaultEdgeType: edgeType(false, true),
    zIndex: true,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    itemSizesReference: "positions",
    zoomToSizeRatioFunction: (ratio) => ratio ** 0.6,
    labelDensity: 2,
    labelGridCellSize: 100,
    labelRenderedSizeThreshold: 4,
    renderEdgeLabels: true,
    defaultDrawNodeLabel: (context, data) => labels.push({ ...data }),
    defaultDrawNodeHover: drawHover,
    defaultDrawEdgeLabel: drawRelation,
    stagePadding: 40,
    minEdgeThickness: 1.7,
    hideEdgesOnMove: false,
    allowInvalidContainer: true,
    nodeReducer: (key, data) => nodeLook(key, data),
    edgeReducer: (key, data) => edgeLook(key, data),
  };
  try {
    renderer = new vendor.Sigma(graph, byId("canvas"), settings);
  } catch {
    return null;
  }

  function nodeLook(key, data) {
    if (!around.size) return data;
    if (key === chosen || key === hovered) return { ...data, zIndex: 2, forceLabel: true, highlighted: key === chosen };
    if (around.has(key)) return { ...data, zIndex: 1, forceLabel: around.size < FEW };
    return { ...data, color: FAINT, label: null, zIndex: 0 };
  }

  function edgeLook(key, data) {
    if (!around.size) return graph.size <= FEW ? data : { ...data, label: null };
    const [source, target] = graph.extremities(key);
    const middle = hovered ?? chosen;
    if (middle ? source !== middle && target !== middle : !around.has(source) || !around.has(target))
      return { ...data, color: FAINT, label: null, zIndex: 0 };
    const few = around.size < FEW;
    return {
      ...data,
      color: STRONG,
      size: data.size + 0.4,
      type: edgeType(data.directed, data.asserted),
      forceLabel: few,
      label: few ? data.label : null,
      zIndex: 1,
    };
  }

  function nearby(middle) {
    return middle ? new Set([middle, ...graph.neighbors(middle)]) : told;
  }

  function mark() {
    around = nearby(hovered ?? chosen);
    renderer.refresh({ skipIndexation: true });
  }

  renderer.on("beforeRender", () => {
    labels = [];
  });
  renderer.on("afterRender", () => drawLabels(renderer.getCanvases().labels.getContext("2d"), labels));
  renderer.on("clickNode", ({ node }) => open(node));
  renderer.on("clickStage", () => close());
  renderer.on("enterNode", ({ node }) => {
    hovered = node;
    byId("canvas").classList.add("pointing");
    mark();
  });
  renderer.on("leaveNode", () => {
    hovered = null;
    byId("canvas").classList.remove("pointing");
    mark();
  });

  let bounds = null;
  const places = new Map(); // of the nodes that were shown since the last time everything was arranged
  return {
    /** Show the visible part; the frame stays as it is unless `refit`. */
    draw(view, state, refit) {
      const sizes = sizesOf(view);
      const frame = { width: byId("canvas").clientWidth || 1000, height: byId("canvas").clientHeight || 650 };
      const anew = refit || (!state.around && !mostlyKnown(sizes, places));
      if (anew && !state.around) places.clear();
      const now = state.around ? rings(view.shown, view.links, frame) : arranged(sizes, view.links, frame, places);
      if (!state.around) for (const [node, place] of now) places.set(node, place);
      graph = graphOf(view, sizes, now, vendor);
      hovered = null;
      chosen = graph.hasNode(state.chosen?.id) ? state.chosen.id : null;
      told = new Set(endsOf(state.chosen).filter((id) => graph.hasNode(id)));
      if (anew || bounds === null) {
        bounds = boundsOf(graph);
        renderer.setCustomBBox(bounds);
      }
      around = nearby(chosen);
      renderer.setGraph(graph);
      if (anew) renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      byId("canvas").setAttribute("aria-label", word("canvasLabel", graph.order, graph.size));
    },
    fit() {
      renderer.getCamera().animatedReset({ duration: pace() });
    },
    zoom(factor) {
      const camera = renderer.getCamera();
      camera.animate({ ratio: camera.getBoundedRatio(camera.getState().ratio * factor) }, { duration: pace() });
    },
    pan(dx, dy) {
      const { x, y, ratio } = renderer.getCamera().getState();
      renderer.getCamera().setState({ x: x + dx * ratio * 0.1, y: y + dy * ratio * 0.1 });
    },
    /** Bring a node into the middle, with most of its neighbours around it. */
    locate(id) {
      const place = renderer.getNodeDisplayData(id);
      if (!place) return;
      const far = graph
        .mapNeighbors(id, (other) => renderer.getNodeDisplayData(other))
        .map((p) => Math.hypot(p.x - place.x, p.y - place.y))
        .sort((a, b) => a - b);
      const ratio = Math.min(1, Math.max(0.12, 2.6 * (far[Math.floor(far.length * 0.7)] ?? 0.2)));
      renderer.getCamera().animate({ x: place.x, y: place.y, ratio }, { duration: pace() });
    },
    resize() {
      renderer.resize();
      renderer.refresh();
    },
    /** Where a node is on the page: for tests, and for whoever scripts the page. */
    where(id) {
      const place = renderer.getNodeDisplayData(id);
      if (!place) return null;
      const at = renderer.framedGraphToViewport(place);
      const box = byId("canvas").getBoundingClientRect();
      return { x: box.left + at.x, y: box.top + at.y };
    },
    counts: () => ({ nodes: graph.order, links: graph.size }),
    links: () => graph.mapEdges((key, data) => ({ key, asserted: data.asserted, label: data.label })),
    /** The picture as it is now, onto a plain canvas that can be printed. */
    picture(target) {
      renderer.refresh();
      const layers = Object.values(renderer.getCanvases());
      target.width = layers[0].width;
      target.height = layers[0].height;
      const context = target.getContext("2d");
      for (const layer of layers) context.drawImage(layer, 0, 0);
    },
  };
}

/** What an article puts in relation; of anything else nothing. */
function endsOf(item) {
  return item?.sort === "article" ? item.statements.flatMap((s) => [s.subject.id, s.object.id]) : [];
}

function pace() {
  return globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350;
}

/** Nodes with their size in pixels: by their links, and the smaller the more there are. */
function sizesOf(view) {
  const shrink = Math.min(1.6, Math.max(0.35, Math.sqrt(500 / view.shown.size)));
  return [...view.shown.keys()].map((node) => ({
    node,
    size: Math.min(3 + 1.3 * Math.sqrt(view.degrees.get(node) ?? 0), 20) * shrink,
  }));
}

function graphOf(view, sizes, places, vendor) {
  const graph = new vendor.DirectedGraph();
  for (const { node, size } of sizes) {
    const name = nameOf(node);
    const label = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
    graph.addNode(node.id, { ...places.get(node), size, color: node.type.colour, label, name });
  }
  for (const { key, subject, object, statements } of view.links) {
    const asserted = statements.some((s) => s.modality === "asserted");
    const articles = new Set(statements.flatMap((s) => s.articles)).size;
    const label = [...new Set(statements.map((s) => either(s.relation.label)))].join(" · ");
    graph.addEdgeWithKey(key, subject.id, object.id, {
      type: edgeType(false, asserted),
      asserted,
      size: Math.min(1.2 + 0.45 * Math.log2(articles), 4),
      color: view.links.length > MANY ? LINE_OF_MANY : LINE,
      label,
      directed: statements.some((s) => !s.relation.symmetric),
    });
  }
  return graph;
}

/** The frame of the drawing: of far outliers it takes no notice. */
function boundsOf(graph) {
  const among = (name) => {
    const sorted = graph.mapNodes((_, data) => data[name]).sort((a, b) => a - b);
    const cut = Math.floor(sorted.length * 0.005);
    return sorted.length ? [sorted[cut], sorted[sorted.length - 1 - cut]] : [-1, 1];
  };
  const wide = ([low, high]) => (high - low < 1 ? [low - 50, high + 50] : [low, high]);
  return { x: wide(among("x")), y: wide(among("y")) };
}
