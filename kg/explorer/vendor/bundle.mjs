// Bundles entry.js into sigma.min.js beside it, under a banner with the name, version and licence text of every
// package inside. Equal input gives equal bytes: all versions are pinned by package-lock.json.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { build } from "esbuild";

const [target] = process.argv.slice(2);
const options = {
  entryPoints: ["entry.js"],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "kgVendor",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
};

function packagesIn(inputs) {
  const found = new Set();
  for (const path of Object.keys(inputs)) {
    const parts = path.split("/");
    const at = parts.lastIndexOf("node_modules");
    if (at >= 0) found.add(parts.slice(0, at + (parts[at + 1].startsWith("@") ? 3 : 2)).join("/"));
  }
  return [...found].sort();
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder)
    .filter((f) => /^licen[cs]e/i.test(f))
    .sort()[0];
  const words = file ? readFileSync(join(folder, file), "utf8").replaceAll("\r", "").trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${words}`.replaceAll("*/", "* /");
}

const draft = await build(options);
const notices = packagesIn(draft.metafile.inputs)
  .map(notice)
  .join(`\n\n${"-".repeat(72)}\n\n`);
const banner = `/*!\nDrawing library of the explorer. Made by \`make explorer-bundle\`; do not edit.\n\n${notices}\n*/`;
await build({ ...options, write: true, outfile: target, banner: { js: banner } });
