// The time of the reports: a bar for each month (or day, of a short time), and two handles that choose a part.
import { byId, h, link, svg } from "./dom.js";
import { dateWords } from "./format.js";
import { word } from "./words.js";

const SHORT = 92; // days that are still shown one by one
const DAY = 86_400_000;

/** Stretches from the first to the last article: {first, last, edtf, count}. */
export function stretches(articles) {
  const days = articles
    .map((a) => a.day)
    .filter(Boolean)
    .sort();
  if (!days.length) return [];
  const [first, last] = [days[0], days[days.length - 1]];
  const short = (Date.parse(last) - Date.parse(first)) / DAY < SHORT;
  const found = short ? eachDay(first, last) : eachMonth(first, last);
  const index = new Map(found.map((stretch) => [stretch.edtf, stretch]));
  for (const day of days) index.get(short ? day : day.slice(0, 7)).count += 1;
  return found;
}

function eachDay(first, last) {
  const found = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY) {
    const day = new Date(time).toISOString().slice(0, 10);
    found.push({ first: day, last: day, edtf: day, count: 0 });
  }
  return found;
}

function eachMonth(first, last) {
  const found = [];
  let [year, month] = first.split("-").map(Number);
  const pad = (number) => String(number).padStart(2, "0");
  for (let edtf = first.slice(0, 7); edtf <= last.slice(0, 7); edtf = `${year}-${pad(month)}`) {
    found.push({ first: `${edtf}-01`, last: `${edtf}-31`, edtf, count: 0 });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return found;
}

/** The slider; `change` is called with the period, null for all of it. */
export function showTimeline(model, state, change) {
  const box = byId("timeline");
  const parts = stretches(model.articles);
  box.hidden = parts.length < 2;
  if (box.hidden) return;
  const last = parts.length - 1;
  const at = (day, end) =>
    day === undefined
      ? end
      : Math.max(
          0,
          parts.findIndex((p) => p.first <= day && day <= p.last),
        );
  const handles = ["from", "to"].map((key, number) =>
    h("input", {
      type: "range",
      min: 0,
      max: last,
      step: 1,
      value: at(state.period?.[number], number ? last : 0),
      "aria-label": `${word("timeline")}: ${word(key)}`,
      class: key,
    }),
  );
  const bars = histogram(parts);
  const words = h("output", {});
  const whole = link(
    word("everything"),
    () => {
      handles[0].value = 0;
      handles[1].value = last;
      moved();
    },
    { class: "link whole" },
  );
  const undated = model.articles.filter((a) => !a.day).length;

  function tell() {
    const [from, to] = handles.map((handle) => Number(handle.value));
    handles.forEach((handle) => handle.setAttribute("aria-valuetext", dateWords(parts[Number(handle.value)].edtf)));
    words.textContent =
      from === to
        ? dateWords(parts[from].edtf)
        : word("periodFrom", dateWords(parts[from].edtf), dateWords(parts[to].edtf));
    [...bars.querySelectorAll("rect")].forEach((bar, number) =>
      bar.classList.toggle("outside", number < from || number > to),
    );
    whole.hidden = from === 0 && to === last;
    box.style.setProperty("--from", String(from / last));
    box.style.setProperty("--to", String(to / last));
    return from === 0 && to === last ? null : [parts[from].first, parts[to].last];
  }

  function moved(event) {
    const [from, to] = handles.map((handle) => Number(handle.value));
    if (from > to && event) event.target.value = event.target === handles[0] ? to : from; // the handles do not pass each other
    // Where both stand at the end, the left one must be within reach.
    handles[0].style.zIndex = Number(handles[0].value) === last ? "3" : "";
    change(tell());
  }

  handles.forEach((handle) => handle.addEventListener("input", moved));
  box.style.setProperty("--half", `${50 / parts.length}%`);
  box.replaceChildren(
    h(
      "div",
      { class: "timeline-words" },
      h("h2", {}, word("timeline")),
      words,
      whole,
      undated ? h("span", { class: "note" }, word("undated", undated)) : null,
    ),
    h("div", { class: "track" }, bars, h("div", { class: "rail", "aria-hidden": "true" }), ...handles),
  );
  tell();
}

function histogram(parts) {
  const most = Math.max(...parts.map((p) => p.count));
  const width = 100 / parts.length;
  return svg(
    "svg",
    { class: "bars", viewBox: "0 0 100 30", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...parts.map(({ count }, number) =>
      svg("rect", {
        x: number * width + width * 0.1,
        width: width * 0.8,
        y: 30 - (28 * count) / most,
        height: (28 * count) / most,
      }),
    ),
  );
}
