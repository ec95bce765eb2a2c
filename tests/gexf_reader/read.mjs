// What graphology-gexf finds in a GEXF file, as JSON. It knows no times: those are read from the same document.
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import Graph from "graphology";
import { parse } from "graphology-gexf";

const text = readFileSync(process.argv[2], "utf8");
const graph = parse(Graph, text);
const strict = new DOMParser({ errorHandler: (level, words) => { throw new Error(`${level}: ${words}`); } });
const times = {};
for (const name of ["node", "edge"]) {
  for (const element of Array.from(strict.parseFromString(text, "application/xml").getElementsByTagName(name))) {
    const spells = Array.from(element.getElementsByTagName("spell"));
    times[element.getAttribute("id")] = (spells.length ? spells : [element])
      .map((given) => [given.getAttribute("start") || null, given.getAttribute("end") || null]);
  }
}
process.stdout.write(JSON.stringify({
  directed: graph.type === "directed",
  nodes: graph.mapNodes((id, attributes) => ({ id, ...attributes, times: times[id] })),
  edges: graph.mapEdges((id, attributes, source, target) => ({ id, source, target, ...attributes, times: times[id] })),
}));
