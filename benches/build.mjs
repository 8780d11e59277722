// Bundles the measuring page and the peers into the folder that is given,
// beside our own program, which is there already.
//
// node build.mjs OUT: OUT/ours.js and OUT/ours.wasm exist; OUT/measure.*,
// OUT/start/ (the peer's page of the ranking) and OUT/whole/ (the same page in
// the application that a first visit transfers) are made.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2]);
const from = (...parts) => path.join(here, ...parts);

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome109', 'firefox115'],
  define: { 'process.env.NODE_ENV': '"production"' },
  jsx: 'automatic',
  legalComments: 'none',
  logLevel: 'warning',
};

await esbuild.build({
  ...common,
  entryPoints: [from('page', 'measure.ts')],
  outfile: path.join(out, 'measure.js'),
  // Our glue is loaded as wasm-bindgen wrote it.
  external: ['./ours.js'],
});
fs.copyFileSync(from('page', 'measure.html'), path.join(out, 'measure.html'));

// The peer wears the app's own styles.
const index = fs.readFileSync(from('..', 'index.html'), 'utf8');
const sheets = [...index.matchAll(/rel="css" href="([^"]+)"/g)].map(([, sheet]) => `@import '../${sheet}';`);
for (const [name, entry] of [['start', 'start.tsx'], ['whole', 'whole.tsx']]) {
  const folder = path.join(out, name);
  fs.rmSync(folder, { recursive: true, force: true });
  await esbuild.build({ ...common, entryPoints: { start: from('peers', entry) }, outdir: folder });
  const sheet = path.join(folder, 'start.css');
  const own = fs.existsSync(sheet) ? fs.readFileSync(sheet, 'utf8') : '';
  await esbuild.build({
    bundle: true,
    minify: true,
    stdin: { contents: sheets.join('\n'), resolveDir: here, loader: 'css' },
    outfile: sheet,
    allowOverwrite: true,
    logLevel: 'warning',
  });
  fs.appendFileSync(sheet, own);
  fs.copyFileSync(from('peers', 'start.html'), path.join(folder, 'index.html'));
}
