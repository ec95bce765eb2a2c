// The interface in Chinese and English, side by side. Names and quotes stay as they are in the sources.

const WORDS = {
  language: ["English", "中文"],
  languageLabel: ["Switch to English", "切换到中文"],
  skip: ["跳到搜索", "Skip to search"],
  search: ["搜索名称、简称、文号", "Search names, aliases, document numbers"],
  searchHint: ["搜索名称、简称、文号或指标", "Search names, aliases, numbers, metrics"],
  results: ["搜索结果", "Results"],
  nothingFound: ["没有找到", "Nothing found"],
  found: [(n) => `找到 ${n} 项`, (n) => `${n} found`],
  print: ["打印", "Print"],
  filters: ["筛选", "Filters"],
  views: ["视图", "View"],
  graph: ["关系图", "Graph"],
  list: ["列表", "List"],
  zoom: ["缩放", "Zoom"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  zoomFit: ["显示全部", "Fit"],
  details: ["详情", "Details"],
  timeline: ["报道时间", "Time of report"],
  from: ["起", "From"],
  to: ["止", "To"],
  everything: ["全部时间", "All time"],
  undated: [
    (n) => `${n} 篇报道无日期，仅在全部时间下计入`,
    (n) => `${n} undated articles count only when all time is shown`,
  ],
  canvasHelp: [
    "方向键移动，加减号缩放，回车键进入列表视图。列表视图含同样的内容。",
    "Arrow keys move, plus and minus zoom, Enter opens the list view, which holds the same.",
  ],
  noCanvas: [
    "此浏览器无法绘图（没有 WebGL）。列表、搜索和详情照常可用。",
    "This browser cannot draw (no WebGL). The list, the search and the details work all the same.",
  ],
  canvasLabel: [(n, m) => `关系图：${n} 个节点，${m} 条连线`, (n, m) => `Graph of ${n} nodes and ${m} links`],
  summary: [
    (a, e, s, f) => `${a} 篇报道 · ${e} 个实体 · ${s} 条关系 · ${f} 个数据`,
    (a, e, s, f) => `${a} articles · ${e} entities · ${s} relations · ${f} figures`,
  ],
  shown: [
    (n, all, m) => (n === all ? `${n} 个节点，${m} 条连线` : `${all} 个相连节点中最重要的 ${n} 个，${m} 条连线`),
    (n, all, m) =>
      n === all ? `${n} nodes, ${m} links` : `the ${n} most important of ${all} linked nodes, ${m} links`,
  ],
  showMore: ["显示更多", "Show more"],
  showAll: ["全部显示", "Show all"],
  showTop: ["只看主要节点", "Main nodes only"],
  wholeGraph: ["返回全图", "Back to the whole graph"],
  around: [(name) => `${name}的邻域`, (name) => `Neighbourhood of ${name}`],
  types: ["类型", "Types"],
  relations: ["关系", "Relations"],
  modality: ["性质", "Modality"],
  all: ["全选", "All"],
  none: ["全不选", "None"],
  asserted: ["已述", "asserted"],
  planned: ["计划", "planned"],
  negated: ["否定", "negated"],
  plannedMark: ["计划中", "planned"],
  negatedMark: ["否定", "negated"],
  alsoCalled: ["又称", "Also called"],
  printedAs: ["原文写作", "Printed as"],
  within: ["所属", "Within"],
  codes: ["代码", "Code"],
  documentNumber: ["文号", "Document number"],
  mentionedIn: [(n) => `见于 ${n} 篇报道`, (n) => `in ${n} article${n === 1 ? "" : "s"}`],
  close: ["关闭", "Close"],
  back: ["上一项", "Back"],
  neighbourhood: ["只看邻域", "Neighbourhood only"],
  expand: ["展开邻居", "Add neighbours"],
  locate: ["在图中定位", "Find in graph"],
  depth: ["层数", "Depth"],
  facts: ["事实", "Facts"],
  figures: ["数据", "Figures"],
  articles: ["报道", "Articles"],
  asObject: ["指向此项", "pointing here"],
  noFacts: ["没有关系或数据，只被提及。", "No relation or figure; only mentioned."],
  outsideTime: [(n) => `另有 ${n} 项在所选时间之外`, (n) => `${n} more outside the chosen time`],
  openAll: ["展开全部出处", "Open all sources"],
  closeAll: ["收起出处", "Close sources"],
  moreRows: [(n) => `再显示（还有 ${n} 项）`, (n) => `Show more (${n} left)`],
  inArticles: [(n) => `${n} 篇报道`, (n) => `${n} article${n === 1 ? "" : "s"}`],
  quotes: [(n) => `${n} 处原文`, (n) => `${n} quotes`],
  confidence: ["可信度", "confidence"],
  rule: ["规则", "rule"],
  position: [(n) => `第 ${n} 字起`, (n) => `from character ${n}`],
  noTitle: ["（无标题）", "(no title)"],
  noDate: ["无日期", "no date"],
  basis: [
    { printed: "", given: "由来源给定", inferred: "推定", unknown: "日期不明" },
    { printed: "", given: "given by the source", inferred: "inferred", unknown: "date unknown" },
  ],
  publisher: ["刊发", "Publisher"],
  reporters: ["记者", "Reporters"],
  file: ["文件", "File"],
  time: ["时间", "Time"],
  value: ["数值", "Value"],
  status: ["性质", "Status"],
  actual: ["实际", "actual"],
  target: ["目标", "target"],
  forecast: ["预计", "forecast"],
  statedBy: [(name) => `据${name}`, (name) => `according to ${name}`],
  comparedWith: [(what) => (what.endsWith("比") ? what : `与${what}相比`), (what) => `compared with ${what}`],
  exact: ["精确值", "exactly"],
  chart: [(name, n, unit) => `${name}（${unit}）：${n} 个数据点`, (name, n, unit) => `${name} (${unit}): ${n} points`],
  noTime: [(n) => `${n} 个数据没有时间，未画入图中`, (n) => `${n} without a time are not drawn`],
  change: ["增减", "change"],
  rises: ["增", "up"],
  falls: ["减", "down"],
  loading: ["正在读取原文……", "Reading the sources…"],
  name: ["名称", "Name"],
  type: ["类型", "Type"],
  links: ["关系", "Relations"],
  mentions: ["报道", "Articles"],
  opened: [
    (name, n, m) => `已打开${name}：${n} 条事实，${m} 个数据`,
    (name, n, m) => `Opened ${name}: ${n} facts, ${m} figures`,
  ],
  Metric: ["指标", "metric"],
  Thing: ["未命名主体", "unnamed subject"],
  Article: ["报道", "article"],
  listHint: ["按关系数排列；含没有关系的实体", "Ordered by number of relations; entities without any are included"],
  noSupport: ["此浏览器太旧，无法读取压缩的数据。", "This browser is too old to read the compressed data."],
  periodFrom: [(a, b) => `${a} 至 ${b}`, (a, b) => `${a} to ${b}`],
  moreNames: [(n) => `另有 ${n} 种写法`, (n) => `${n} more spellings`],
  unnamed: ["未指明", "not named"],
};

let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";

export function currentLanguage() {
  return language;
}

export function setLanguage(name) {
  language = name;
  document.documentElement.lang = name === "zh" ? "zh-CN" : "en";
}

/** A phrase of the interface; one that is a function takes the rest. */
export function word(key, ...rest) {
  const found = either(WORDS[key]);
  return typeof found === "function" ? found(...rest) : found;
}

/** One of a [Chinese, English] pair. */
export function either(pair) {
  return pair[language === "zh" ? 0 : 1];
}

/** Put the words into the elements of the page that name them. */
export function speak(root = document) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", word(element.dataset.label));
  for (const element of root.querySelectorAll("[data-placeholder]"))
    element.placeholder = word(element.dataset.placeholder);
}
