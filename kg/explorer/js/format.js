// Numbers and dates as a reader expects them. Numbers come as decimal text and are never rounded without saying so.
import { currentLanguage, word } from "./words.js";

const STEPS = {
  zh: [
    [12, "万亿"],
    [8, "亿"],
    [4, "万"],
  ],
  en: [
    [12, " trillion"],
    [9, " billion"],
    [6, " million"],
  ],
};
const SHORT = 7; // significant digits that are still quickly read
const COMPARATORS = {
  zh: { "=": "", "~": "约", ">": "超过", ">=": "不低于", "<": "不到", "<=": "不超过" },
  en: { "=": "", "~": "about ", ">": "over ", ">=": "at least ", "<": "under ", "<=": "at most " },
};

/** 1234567.5 → 1,234,567.5 */
export function grouped(text) {
  const [whole, fraction] = text.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${digits}.${fraction}` : digits;
}

/** The decimal point moved to the left, exactly: ("1260000000000", 12) → "1.26" */
export function shifted(text, places) {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = text.replace("-", "").split(".");
  const padded = whole.padStart(places + 1, "0");
  const digits = `${padded.slice(0, -places)}.${padded.slice(-places)}${fraction}`;
  return sign + digits.replace(/0+$/, "").replace(/\.$/, "");
}

/** 1200000000000 → 1.2万亿, 1.2 trillion; digits are grouped where that would not be shorter. */
export function short(text) {
  const size = text.replace("-", "").split(".")[0].length;
  for (const [places, name] of STEPS[currentLanguage()]) {
    if (size <= places) continue;
    const less = shifted(text, places);
    if (less.replace(/[-.]/g, "").length <= SHORT) return grouped(less) + name;
  }
  return grouped(text);
}

/** The number of a figure with comparator, range, direction and unit. */
export function amount(figure) {
  const change = figure.change ? `${word(figure.change === "+" ? "rises" : "falls")} ` : "";
  const upper = figure.upper === null ? "" : `–${short(figure.upper)}`;
  const gap = currentLanguage() === "en" && figure.unit && figure.unit !== "%" ? " " : "";
  return `${change}${COMPARATORS[currentLanguage()][figure.comparator]}${short(figure.value)}${upper}${gap}${figure.unit}`;
}

/** The same to the last digit. */
export function exactAmount(figure) {
  const upper = figure.upper === null ? "" : `–${grouped(figure.upper)}`;
  return `${grouped(figure.value)}${upper} ${figure.unit}`.trim();
}

/** An EDTF date in words: 2024-03-05 → 2024年3月5日, 2021/2025 → 2021—2025年, 2023-10/2023-12 → 2023年10月—12月. */
export function dateWords(edtf) {
  if (!edtf) return "";
  if (currentLanguage() === "en") return edtf.replace("/", " – ");
  const [first, last] = edtf.split("/").map(parts);
  if (!last) return inFull(first);
  if (first.length === 1 && last.length === 1) return `${first[0]}—${inFull(last)}`;
  const same =
    first.length === last.length && first[0] === last[0] ? (last.length === 3 && first[1] === last[1] ? 2 : 1) : 0;
  return `${inFull(first)}—${inFull(last).slice(inFull(last.slice(0, same)).length)}`;
}

/** 2024-03-05 → ["2024", "03", "05"]; anything else stays in one piece. */
function parts(text) {
  return /^\d{4}(-\d\d){0,2}$/.test(text) ? text.split("-") : [text];
}

function inFull(pieces) {
  if (pieces.length === 1 && !/^\d{4}$/.test(pieces[0])) return pieces[0];
  return pieces.map((piece, number) => (number ? Number(piece) : piece) + "年月日"[number]).join("");
}
