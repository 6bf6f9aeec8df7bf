// Compiles the page kit into the Python package. Run by developers; the result is committed.
import { cp, mkdir, rm } from "node:fs/promises";
import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../alongside/foundation/kit/static/alongside/", import.meta.url).pathname;
const here = new URL(".", import.meta.url).pathname;
const font = `${here}node_modules/@fontsource/atkinson-hyperlegible`;
const cuts = ["latin-400-normal", "latin-700-normal", "latin-400-italic", "latin-ext-400-normal", "latin-ext-700-normal"];

await rm(out, { recursive: true, force: true });
for (const folder of ["css", "js", "fonts", "icons", "licences"]) await mkdir(out + folder, { recursive: true });

const { css } = compile(`${here}scss/alongside.scss`, {
  loadPaths: [`${here}node_modules`],
  style: "compressed",
  quietDeps: true,
});
await writeFile(`${out}css/alongside.css`, `${css}\n`);

const common = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };
await build({ ...common, entryPoints: [`${here}js/alongside.js`], format: "esm", outfile: `${out}js/alongside.js` });
await build({ ...common, entryPoints: [`${here}js/theme.js`], format: "iife", outfile: `${out}js/theme.js` });

for (const cut of cuts) {
  const name = `atkinson-hyperlegible-${cut}.woff2`;
  await cp(`${font}/files/${name}`, `${out}fonts/${name}`);
}
await cp(`${font}/LICENSE`, `${out}licences/OFL.txt`);
await cp(`${here}licences/govuk-frontend-MIT.txt`, `${out}licences/govuk-frontend-MIT.txt`);
await cp(`${here}icons`, `${out}icons`, { recursive: true });
