// Elements are made here, and words get into the page as text only: never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `on` holds listeners, `data` data attributes, the rest are attributes; null and false leave out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, { on = {}, data = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  Object.assign(element.dataset, data);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** A spot in the colour of a type. */
export function dot(item) {
  const spot = h("span", { class: `dot ${item.sort ?? "node"}`, "aria-hidden": "true" });
  const colour = item.colour ?? item.type?.colour;
  if (colour) spot.style.backgroundColor = colour;
  return spot;
}

/** A link to an item of the graph: its address is for the reader to keep, the page itself follows it by `open`. */
export function itemLink(item, words, open) {
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); // in a frame the address is not the page's
    open(item);
  };
  return h("a", { class: "link", href: `#${item.id}`, on: { click: follow } }, words);
}

/** A button that looks like a link. */
export function link(words, open, attributes = {}) {
  return h("button", { type: "button", class: "link", ...attributes, on: { click: open } }, words);
}

/** Tell those who cannot see the page what has changed. */
export function announce(words) {
  byId("said").textContent = words;
}

/** Rows of a long list as they are wanted: `step` at a time behind a button. */
export function growing(list, items, make, step, moreLabel) {
  let done = 0;
  const more = h("button", { type: "button", class: "more-rows", on: { click: grow } });
  function grow() {
    const first = list.children.length;
    list.append(...items.slice(done, done + step).map(make));
    done = Math.min(done + step, items.length);
    more.textContent = moreLabel(items.length - done);
    more.hidden = done >= items.length;
    if (first > 0) list.children[first]?.querySelector("a, button, summary")?.focus();
  }
  grow();
  return items.length > step ? [list, more] : [list];
}
