// What the reader has chosen, and what of the graph is to be seen because of it. No element of the page is touched here.

const TOP = 400; // nodes a large graph opens on
const WHOLE = 700; // up to so many linked nodes, all are shown at once
const ADDED = 12; // neighbours that come along when a node is opened, of a large graph
const MORE = 40; // and that come when they are asked for
const EGO = 160; // nodes of a neighbourhood

export function firstState(model) {
  return {
    types: new Set(model.types.map((t) => t.id).filter((id) => id !== "Date")),
    relations: new Set(model.relations.map((r) => r.id)),
    modalities: new Set(model.modalities),
    period: null, // or the first and last day, as text
    limit: null, // how many of the linked nodes; by default TOP of a large graph
    added: new Set(), // nodes that the reader asked for beyond the limit
    chosen: null, // the item whose panel is open
    around: null, // the node whose neighbourhood alone is shown
    depth: 1,
  };
}

/** Whether one of the articles lies in the chosen period; without one, always. */
export function inPeriod(articles, period) {
  return period === null || articles.some((a) => a.day !== null && a.day >= period[0] && a.day <= period[1]);
}

/** Whether the filters let a statement through. */
export function live(statement, state) {
  return (
    state.relations.has(statement.relation.id) &&
    state.modalities.has(statement.modality) &&
    state.types.has(statement.subject.type.id) &&
    state.types.has(statement.object.type.id) &&
    inPeriod(statement.articles, state.period)
  );
}

/** What is to be seen: `linked` nodes with their degrees, best first, the nodes `shown` of them, and the `links`. */
export function visible(model, state) {
  const statements = model.statements.filter((s) => live(s, state));
  const degrees = new Map();
  for (const { subject, object } of statements) {
    for (const end of [subject, object]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  const rank = new Map(model.nodes.map((node, number) => [node, number]));
  const linked = [...degrees.keys()].sort((a, b) => degrees.get(b) - degrees.get(a) || rank.get(a) - rank.get(b));
  const limit = state.limit ?? (linked.length > WHOLE ? TOP : linked.length);
  const top = limit < linked.length ? together(linked.slice(0, limit), statements) : linked;
  const shown = state.around ? ego(state, degrees) : whole(top, degrees, state);
  return { statements, degrees, linked, limit, shown, links: linksAmong(statements, shown) };
}

/** Those that are linked with one of the others: of the rest a part of the graph says nothing. */
function together(nodes, statements) {
  const among = new Set(nodes);
  const linked = new Set();
  for (const { subject, object } of statements)
    if (among.has(subject) && among.has(object)) linked.add(subject).add(object);
  return nodes.filter((node) => linked.has(node));
}

function whole(top, degrees, state) {
  const shown = new Map(top.map((node) => [node, 0]));
  for (const node of state.added) if (degrees.has(node)) shown.set(node, 0);
  if (degrees.has(state.chosen)) shown.set(state.chosen, 0);
  return shown;
}

/** The neighbourhood: nodes with their distance from the middle. */
function ego(state, degrees) {
  const shown = new Map([[state.around, 0]]);
  let edge = [state.around];
  for (let distance = 1; distance <= state.depth; distance++) {
    const next = new Set(edge.flatMap((node) => neighbours(node, state)).filter((node) => !shown.has(node)));
    edge = [...next].sort((a, b) => degrees.get(b) - degrees.get(a)).slice(0, Math.max(0, EGO - shown.size));
    for (const node of edge) shown.set(node, distance);
  }
  return shown;
}

/** The other ends of what the filters let through, each once. */
export function neighbours(node, state) {
  const ends = node.statements.filter((s) => live(s, state)).map((s) => (s.subject === node ? s.object : s.subject));
  return [...new Set(ends)];
}

/** What an open article speaks of is shown too. */
export function expandArticle(article, state) {
  for (const end of article.statements.flatMap((s) => [s.subject, s.object]).slice(0, 2 * MORE)) state.added.add(end);
}

/** Ask for more neighbours of a node; how many came. */
export function expand(node, state, shown, degrees, asked = false) {
  const hidden = neighbours(node, state).filter((other) => !shown.has(other));
  hidden.sort((a, b) => degrees.get(b) - degrees.get(a));
  const added = hidden.slice(0, asked ? MORE : ADDED);
  for (const other of added) state.added.add(other);
  return added.length;
}

/** One link for all statements from one node to another. */
function linksAmong(statements, shown) {
  const links = new Map();
  for (const statement of statements) {
    if (!shown.has(statement.subject) || !shown.has(statement.object)) continue;
    const key = `${statement.subject.id} ${statement.object.id}`;
    const link = links.get(key) ?? { key, subject: statement.subject, object: statement.object, statements: [] };
    link.statements.push(statement);
    links.set(key, link);
  }
  return [...links.values()];
}
