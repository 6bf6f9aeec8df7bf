// Compiles the page kit into the Python package. Run by developers; the result is committed.
import { cp, mkdir, rm } from "node:fs/promises";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../alongside/foundation/kit/static/alongside/", import.meta.url).pathname;
const here = new URL(".", import.meta.url).pathname;
const font = `${here}node_modules/@fontsource/atkinson-hyperlegible`;
const cuts = ["latin-400-normal", "latin-700-normal", "latin-400-italic", "latin-ext-400-normal", "latin-ext-700-normal"];

await rm(out, { recursive: true, force: true });
for (const folder of ["css", "js", "fonts", "icons", "licences"]) await mkdir(out + folder, { recursive: true });

// Leaflet writes HTML to find out whether the browser knows SVG. All of ours do, and Trusted Types would stop it there.
const PROBES = [
  [/div\.innerHTML = '<svg\/>';\s+return \(div\.firstChild[^;]+;/, "return true;"],
  [/div\.innerHTML = '<v:shape adj="1"\/>';/, "return false;"],
];
const writesNoHtml = {
  name: "writes-no-html",
  setup(work) {
    work.onLoad({ filter: /leaflet\/src\/core\/Browser\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [probe, answer] of PROBES) {
        if (!probe.test(contents)) throw new Error(`Leaflet has changed: ${probe} is not in ${path}`);
        contents = contents.replace(probe, answer);
      }
      return { contents };
    });
  },
};

const { css } = compile(`${here}scss/alongside.scss`, {
  loadPaths: [`${here}node_modules`],
  style: "compressed",
  quietDeps: true,
});
await writeFile(`${out}css/alongside.css`, `${css}\n`);

const common = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };
await build({ ...common, entryPoints: [`${here}js/alongside.js`], format: "esm", outfile: `${out}js/alongside.js` });
await build({
  ...common, entryPoints: [`${here}js/map.js`], format: "esm", outfile: `${out}js/map.js`, plugins: [writesNoHtml],
});
await build({ ...common, entryPoints: [`${here}js/theme.js`], format: "iife", outfile: `${out}js/theme.js` });

// The phone app: a bundle of its own in its own room. Its service worker is one file.
const phone = new URL("../alongside/phone/static/phone/", import.meta.url).pathname;
await rm(phone, { recursive: true, force: true });
await mkdir(phone, { recursive: true });
for (const page of ["app", "ready"]) {
  await build({ ...common, entryPoints: [`${here}phone/${page}.js`], format: "esm", outfile: `${phone}${page}.js` });
}
await build({ ...common, entryPoints: [`${here}phone/service.js`], format: "iife", outfile: `${phone}service.js` });
const looks = compile(`${here}scss/phone.scss`, { style: "compressed" });
await writeFile(`${phone}phone.css`, `${looks.css}\n`);
for (const size of [180, 192, 512]) await cp(`${here}phone/icon-${size}.png`, `${phone}icon-${size}.png`);
await cp(`${here}node_modules/@hpke/core/LICENSE`, `${phone}hpke-MIT.txt`);

for (const cut of cuts) {
  const name = `atkinson-hyperlegible-${cut}.woff2`;
  await cp(`${font}/files/${name}`, `${out}fonts/${name}`);
}
await cp(`${font}/LICENSE`, `${out}licences/OFL.txt`);
await cp(`${here}licences/govuk-frontend-MIT.txt`, `${out}licences/govuk-frontend-MIT.txt`);
await cp(`${here}node_modules/leaflet/LICENSE`, `${out}licences/leaflet-BSD.txt`);
await cp(`${here}icons`, `${out}icons`, { recursive: true });
