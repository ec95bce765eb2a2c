// The rows of the page as records with references between them; the order of columns is that of kg/export/explorer.py.

const MODALITIES = ["asserted", "planned", "negated"];

/** The rows of a data block; a long one is compressed. */
async function rowsOf(id) {
  const rows = JSON.parse(document.getElementById(id).textContent);
  if (!rows.deflate) return rows;
  const bytes = Uint8Array.from(atob(rows.deflate), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

/** Everything but the words of the articles. */
export async function readData() {
  const raw = await rowsOf("data");
  const types = raw.types.map(([id, zh, en, colour, kinds]) => ({ id, label: [zh, en], colour, kinds }));
  const relations = raw.relations.map(([id, zh, en, symmetric]) => ({
    id,
    label: [zh, en],
    symmetric: Boolean(symmetric),
  }));
  const articles = raw.articles.map(([key, title, issued, day, basis, publisher, reporters, files], number) => ({
    sort: "article",
    id: `Article/${key}`,
    number,
    title,
    issued,
    day,
    basis,
    publisher,
    reporters,
    files,
    statements: [],
    figures: [],
  }));
  const things = [...entitiesOf(raw, types, articles), ...datesOf(raw, types, articles), ...labelsOf(raw)];
  const model = { title: raw.title, base: raw.base, types, relations, articles, things, rules: raw.rules };
  model.statements = raw.statements.map((row) => statementOf(row, model));
  model.figures = raw.pages.flatMap((page, number) => figuresOf(page, raw.figures[number], model));
  model.nodes = things.filter((thing) => thing.sort === "node");
  model.byId = new Map([...things, ...articles].map((item) => [item.id, item]));
  for (const article of articles) {
    article.statements = [...new Set(article.statements)];
    article.figures = [...new Set(article.figures)];
  }
  model.modalities = MODALITIES.filter((name) => model.statements.some((s) => s.modality === name));
  return model;
}

const fresh = () => ({ statements: [], figures: [], neighbours: null });

function entitiesOf(raw, types, articles) {
  return raw.entities.map(([type, key, name, kind, aliases, within, codes, seen, x, y, knownAs]) => ({
    ...fresh(),
    sort: "node",
    id: `${types[type].id}/${key}`,
    type: types[type],
    name,
    kind,
    aliases,
    within,
    codes,
    knownAs, // short names that no article uses
    articles: seen.map((number) => articles[number]),
    x,
    y,
  }));
}

function datesOf(raw, types, articles) {
  const type = types[types.length - 1];
  return raw.dates.map(([key, edtf, labels, begin, end, seen, x, y]) => ({
    ...fresh(),
    sort: "node",
    id: `Date/${key}`,
    type,
    name: edtf,
    edtf,
    kind: null,
    aliases: labels,
    within: null,
    codes: [],
    begin,
    end,
    articles: seen.map((number) => articles[number]),
    x,
    y,
  }));
}

function labelsOf(raw) {
  return raw.labels.map(([id, name]) => ({
    ...fresh(),
    sort: "label",
    id,
    kind: id.split("/")[0],
    name,
    aliases: [],
    codes: [],
    articles: [],
  }));
}

function evidenceOf([article, passage, start, length, rule, at], model) {
  return { article: model.articles[article], passage, start, length, rule: model.rules[rule], at };
}

function statementOf([key, subject, relation, object, modality, qualifier, confidence, evidence], model) {
  const statement = {
    id: `Statement/${key}`,
    subject: model.things[subject],
    relation: model.relations[relation],
    object: model.things[object],
    modality,
    qualifier,
    confidence,
    evidence: evidence.map((row) => evidenceOf(row, model)),
  };
  statement.articles = [...new Set(statement.evidence.map((e) => e.article))];
  statement.subject.statements.push(statement);
  if (statement.object !== statement.subject) statement.object.statements.push(statement);
  for (const article of statement.articles) article.statements.push(statement);
  return statement;
}

/** The figures of a few articles; their references are numbers into lists that stand with them. */
function figuresOf([articles, things, rules, first], rows, model) {
  const known = (number) => (number === null ? null : (model.things[things[number]] ?? null));
  const evidenceHere = ([article, passage, start, length, rule, at]) =>
    evidenceOf([articles[article], first + passage, start, length, rules[rule], at], model);
  return rows.map((row) => figureOf(row, known, evidenceHere));
}

function figureOf(row, thing, evidenceHere) {
  const [
    key,
    about,
    metric,
    value,
    upper,
    unit,
    comparator,
    change,
    status,
    time,
    comparedWith,
    statedBy,
    confidence,
    evidence,
  ] = row;
  const figure = {
    id: `Figure/${key}`,
    about: thing(about),
    metric: thing(metric),
    value,
    upper,
    unit,
    comparator,
    change,
    status,
    time: thing(time),
    comparedWith,
    statedBy: thing(statedBy),
    confidence,
    evidence: evidenceHere(evidence),
  };
  for (const item of new Set([figure.about, figure.metric, figure.time, figure.statedBy, figure.evidence.article])) {
    item?.figures.push(figure);
  }
  return figure;
}

let reading = null;

/** The passages that quotes stand in, as [text, bits]; read when first wanted. */
export function readPassages() {
  reading ??= rowsOf("passages");
  return reading;
}
