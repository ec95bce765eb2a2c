// Printing: the panel with every quote open, and the drawing as a picture.
import { readPassages } from "./data.js";
import { byId } from "./dom.js";
import { openAll } from "./panel.js";

/** Make the page ready when it is printed, and as it was afterwards. */
export function preparePrinting(network) {
  let closed = [];
  globalThis.addEventListener("beforeprint", () => {
    closed = [...byId("panel").querySelectorAll("details.sources:not([open])")];
    openAll(closed, true);
    if (!byId("graph").hidden) network?.picture(byId("print-picture"));
  });
  globalThis.addEventListener("afterprint", () => {
    openAll(closed, false);
    network?.resize();
  });
  byId("print").addEventListener("click", async () => {
    await readPassages().catch(() => null);
    openAll(byId("panel").querySelectorAll("details.sources"), true);
    globalThis.setTimeout(() => globalThis.print(), 50); // the quotes come a moment after their folds are opened
  });
}
