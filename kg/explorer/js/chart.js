// A small chart of the figures of one metric in one unit: what is told of as done is filled, targets are open circles,
// forecasts open diamonds; a figure for a stretch of time has a line as long as the stretch.
import { svg } from "./dom.js";
import { amount, dateWords, short } from "./format.js";
import { nameOf } from "./search.js";
import { word } from "./words.js";

const WIDTH = 360;
const HEIGHT = 132;
const LEFT = 58;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 22;
const DAY = 86_400_000;

/** The chart, or null when there are no two times to compare. */
export function chart(figures, name) {
  const points = figures.filter((f) => f.time?.begin).map(pointOf);
  if (new Set(points.map((p) => `${p.from} ${p.to}`)).size < 2) return null;
  const across = scale(
    Math.min(...points.map((p) => p.from)),
    Math.max(...points.map((p) => p.to)),
    LEFT,
    WIDTH - RIGHT,
  );
  const [low, high, ticks] = range(points);
  const up = scale(low, high, HEIGHT - BOTTOM, TOP);
  return svg(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": word("chart", name, points.length, figures[0].unit),
    },
    ...ticks.map((value) => levelLine(value, up(value))),
    ...yearMarks(points, across),
    ...points.map((point) => marker(point, across, up)),
  );
}

function pointOf(figure) {
  const from = Date.parse(figure.time.begin);
  const to = Date.parse(figure.time.end) + DAY;
  return {
    figure,
    from,
    to,
    middle: (from + to) / 2,
    value: Number(figure.value),
    upper: figure.upper === null ? null : Number(figure.upper),
  };
}

function scale(low, high, start, end) {
  const width = high - low || 1;
  return (value) => start + ((value - low) / width) * (end - start);
}

/** Round ends of the axis and what is marked on it: from zero unless that would press the points into a line. */
function range(points) {
  const values = points.flatMap((p) => (p.upper === null ? [p.value] : [p.value, p.upper]));
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low > 0 && low < high * 0.7) low = 0;
  if (high < 0 && high > low * 0.7) high = 0;
  if (low === high) [low, high] = low > 0 ? [0, high * 1.2] : [low - 1, high + 1];
  const raw = (high - low) / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw * 0.999);
  const ticks = [];
  const first = Math.floor(low / step + 1e-9);
  for (let n = first; n * step < high + step * 0.999; n++) ticks.push(Number((n * step).toPrecision(10)));
  return [ticks[0], ticks[ticks.length - 1], ticks];
}

function levelLine(value, y) {
  return svg(
    "g",
    { class: "level" },
    svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
    svg("text", { x: LEFT - 6, y: y + 3.5, "text-anchor": "end" }, short(decimal(value))),
  );
}

function decimal(number) {
  return number.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 8 });
}

function yearMarks(points, across) {
  const first = new Date(Math.min(...points.map((p) => p.from))).getUTCFullYear();
  const last = new Date(Math.max(...points.map((p) => p.to)) - DAY).getUTCFullYear();
  const every = Math.max(1, Math.ceil((last - first + 1) / 6));
  const marks = [];
  for (let year = first; year <= last; year += every) {
    const begins = Math.max(Date.UTC(year, 0, 1), Math.min(...points.map((p) => p.from)));
    const ends = Math.min(Date.UTC(year + 1, 0, 1), Math.max(...points.map((p) => p.to)));
    marks.push(
      svg(
        "text",
        { class: "year", x: (across(begins) + across(ends)) / 2, y: HEIGHT - 6, "text-anchor": "middle" },
        String(year),
      ),
    );
  }
  return marks;
}

function marker({ figure, from, to, middle, value, upper }, across, up) {
  const [x, y] = [across(middle), up(value)];
  const shape =
    figure.status === "forecast"
      ? svg("path", { d: `M ${x} ${y - 4.6} L ${x + 4.6} ${y} L ${x} ${y + 4.6} L ${x - 4.6} ${y} Z` })
      : svg("circle", { cx: x, cy: y, r: 3.8 });
  const words = [
    figure.about && nameOf(figure.about),
    dateWords(figure.time.edtf),
    amount(figure),
    word(figure.status),
  ];
  return svg(
    "g",
    { class: `point ${figure.status}` },
    across(to) - across(from) > 10
      ? svg("line", { class: "stretch", x1: across(from) + 1, x2: across(to) - 1, y1: y, y2: y })
      : null,
    upper === null ? null : svg("line", { class: "stretch", x1: x, x2: x, y1: y, y2: up(upper) }),
    shape,
    svg("title", {}, words.filter(Boolean).join(" · ")),
  );
}

/** What the markers mean, for those that are there. */
export function legend(figures) {
  const marks = ["actual", "target", "forecast"].filter((status) => figures.some((f) => f.status === status));
  return marks
    .map((status) =>
      svg(
        "svg",
        { class: "key", viewBox: "0 0 10 10", width: 10, height: 10, role: "img", "aria-label": word(status) },
        svg(
          "g",
          { class: `point ${status}` },
          status === "forecast"
            ? svg("path", { d: "M 5 1 L 9 5 L 5 9 L 1 5 Z" })
            : svg("circle", { cx: 5, cy: 5, r: 3.6 }),
        ),
      ),
    )
    .flatMap((key, number) => [key, word(marks[number])]);
}
