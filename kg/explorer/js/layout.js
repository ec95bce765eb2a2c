// Where the nodes stand. The page knows a place for every node of the whole graph; of a part of it that is shown alone,
// the nodes are drawn towards those they are linked with and then pushed off each other, which is quick enough for
// hundreds. A neighbourhood stands in rings around its middle. No chance is used: the same choice gives the same picture.

const MANY = 1200; // of more nodes the places in the whole graph are taken as they are
const ROUNDS = 90;
const PULL = 0.06; // of links
const LEAN = 0.1; // to the middle
const PUSHES = 60;
const GAP = 5; // between the rims of two nodes, in pixels
const COLUMN = 100_003; // more than the grid has rows
const BESIDE = [-1, 0, 1].flatMap((c) => [-1, 0, 1].map((r) => c * COLUMN + r));

const RING = 100;
const ROOM = 16; // length of arc that a node needs

/** Places by node, in pixels of the frame; `shown` has the distance of each from the middle. */
export function rings(shown, links, { width, height }) {
  const places = new Map();
  const angles = new Map();
  const levels = [];
  for (const [node, distance] of shown) (levels[distance] ??= []).push(node);
  let radius = 0;
  levels.forEach((nodes, distance) => {
    if (distance === 0) {
      for (const node of nodes) places.set(node, { x: 0, y: 0 });
      return;
    }
    const sorted = distance === 1 ? byRelation(nodes, links, levels[0][0]) : byParent(nodes, links, angles);
    radius = Math.max(radius + RING, (sorted.length * ROOM) / (2 * Math.PI));
    sorted.forEach((node, number) => {
      const angle = (2 * Math.PI * number) / sorted.length + Math.PI / 2;
      const stagger = sorted.length > 24 && number % 2 ? RING * 0.35 : 0;
      angles.set(node, angle);
      places.set(node, { x: (radius + stagger) * Math.cos(angle), y: (radius + stagger) * Math.sin(angle) });
    });
  });
  const scale = Math.min(width, height) / 2 / ((radius || RING) * 1.35);
  for (const place of places.values()) Object.assign(place, { x: place.x * scale, y: place.y * scale });
  return places;
}

/** Those in the same relation with the middle stand together. */
function byRelation(nodes, links, middle) {
  const relation = new Map();
  for (const { subject, object, statements } of links) {
    if (subject === middle) relation.set(object, `${statements[0].relation.id} 1`);
    if (object === middle) relation.set(subject, `${statements[0].relation.id} 0`);
  }
  const key = (node) => `${relation.get(node) ?? ""} ${node.type.id} ${node.name}`;
  return [...nodes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Near the angle of one that is linked and further inside. */
function byParent(nodes, links, angles) {
  const near = new Map();
  for (const { subject, object } of links) {
    for (const [node, other] of [
      [subject, object],
      [object, subject],
    ]) {
      if (angles.has(other) && !near.has(node)) near.set(node, angles.get(other));
    }
  }
  return [...nodes].sort((a, b) => (near.get(a) ?? 0) - (near.get(b) ?? 0) || (a.name < b.name ? -1 : 1));
}

/** Places for nodes {node, size} in a frame of so many pixels; if `known` has most of them, only the others get one. */
export function arranged(nodes, links, { width, height }, known) {
  const points = nodes.map(({ node, size }) => ({ node, size, x: node.x, y: node.y, held: false }));
  const fresh = points.filter((p) => !known.has(p.node));
  const byNode = new Map(points.map((p) => [p.node, p]));
  const pairs = links.map((l) => [byNode.get(l.subject), byNode.get(l.object)]).filter(([a, b]) => a !== b);
  if (mostlyKnown(nodes, known)) {
    for (const point of points) if (known.has(point.node)) Object.assign(point, known.get(point.node), { held: true });
    besideTheirs(fresh, pairs);
    pushApart(points);
  } else {
    fitInto(points, width, height);
    if (points.length <= MANY) {
      attract(points, pairs, Math.sqrt((width * height) / Math.max(points.length, 1)) * 0.8);
      fitInto(points, width, height);
      pushApart(points);
    }
  }
  return new Map(points.map(({ node, x, y }) => [node, { x, y }]));
}

/** Whether a drawing can go on from the places it had. */
export function mostlyKnown(nodes, known) {
  return known.size > 0 && nodes.filter(({ node }) => !known.has(node)).length <= nodes.length * 0.3;
}

/** Fill the frame, as far as few nodes should: each direction has its own scale, within bounds. */
function fitInto(points, width, height) {
  const extent = (name) => [Math.min(...points.map((p) => p[name])), Math.max(...points.map((p) => p[name]))];
  const [[left, right], [bottom, top]] = points.length
    ? [extent("x"), extent("y")]
    : [
        [0, 1],
        [0, 1],
      ];
  const [across, up] = [width / (right - left || 1), height / (top - bottom || 1)];
  const [sx, sy] = [Math.min(across, up * 1.8), Math.min(up, across * 1.8)];
  for (const point of points) {
    point.x = (point.x - (left + right) / 2) * sx;
    point.y = (point.y - (top + bottom) / 2) * sy;
  }
}

/** Fruchterman and Reingold: all push each other, links pull, everything leans to the middle; steps grow smaller. */
function attract(points, pairs, ideal) {
  for (const point of points) point.links = 1;
  for (const [a, b] of pairs) {
    a.links += 1;
    b.links += 1;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const reach = ideal * 1.5 * (1 - round / ROUNDS);
    for (const point of points) {
      point.dx = -point.x * LEAN;
      point.dy = -point.y * LEAN;
    }
    repel(points, ideal);
    for (const [a, b] of pairs) pull(a, b, ideal);
    for (const point of points) {
      const length = Math.sqrt(point.dx * point.dx + point.dy * point.dy) || 1;
      const step = Math.min(length, reach) / length;
      point.x += point.dx * step;
      point.y += point.dy * step;
    }
  }
}

function repel(points, ideal) {
  for (let i = 0; i < points.length; i++) {
    const a = points[i];
    for (let j = i + 1; j < points.length; j++) {
      const b = points[j];
      const x = a.x - b.x || 0.01 * (i - j);
      const y = a.y - b.y;
      const force = (ideal * ideal) / (x * x + y * y + 1);
      a.dx += x * force;
      a.dy += y * force;
      b.dx -= x * force;
      b.dy -= y * force;
    }
  }
}

function pull(a, b, ideal) {
  const [x, y] = [a.x - b.x, a.y - b.y];
  const force = (PULL * Math.sqrt(x * x + y * y)) / ideal;
  a.dx -= (x * force) / Math.sqrt(a.links); // or a hub would be torn to and fro
  a.dy -= (y * force) / Math.sqrt(a.links);
  b.dx += (x * force) / Math.sqrt(b.links);
  b.dy += (y * force) / Math.sqrt(b.links);
}

/** New nodes around what they are linked with. */
function besideTheirs(fresh, pairs) {
  const beside = new Map();
  for (const [a, b] of pairs) {
    if (b.held && !a.held) beside.set(a, b);
    if (a.held && !b.held) beside.set(b, a);
  }
  fresh.forEach((point, number) => {
    const { x, y, size } = beside.get(point) ?? { x: 0, y: 0, size: 40 };
    const angle = number * 2.399963; // the golden angle: never twice the same direction
    const far = size + 24 + 4 * Math.sqrt(number);
    Object.assign(point, { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) });
  });
}

/** Until no node lies on another; those that are held move only when nothing else helps. */
function pushApart(points) {
  const cell = 2 * Math.max(...points.map((p) => p.size), 1) + GAP;
  for (let round = 0; round < PUSHES; round++) {
    const grid = new Map();
    for (const point of points) {
      const key = cellOf(point, cell);
      if (grid.has(key)) grid.get(key).push(point);
      else grid.set(key, [point]);
    }
    let moved = false;
    points.forEach((a, number) => {
      const middle = cellOf(a, cell);
      for (const step of BESIDE) {
        for (const b of grid.get(middle + step) ?? []) if (a !== b) moved = pushed(a, b, number) || moved;
      }
    });
    if (!moved) return;
  }
}

/** A number for the square of the grid that a point lies in; its neighbours' numbers are BESIDE it. */
function cellOf({ x, y }, cell) {
  return Math.floor(x / cell) * COLUMN + Math.floor(y / cell);
}

function pushed(a, b, number) {
  const [x, y] = [b.x - a.x || 0.01 * ((number % 7) - 3), b.y - a.y || 0.01 * ((number % 5) - 2)];
  const distance = Math.sqrt(x * x + y * y) || 0.01;
  const missing = a.size + b.size + GAP - distance;
  if (missing <= 0.1) return false;
  const share = a.held === b.held ? 0.5 : a.held ? 0 : 1; // of the way that a goes
  a.x -= (x / distance) * missing * share;
  a.y -= (y / distance) * missing * share;
  b.x += (x / distance) * missing * (1 - share);
  b.y += (y / distance) * missing * (1 - share);
  return true;
}
