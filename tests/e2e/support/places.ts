// Where the app under test is.

import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '..', '..', '..');

/** Where `cargo xtask dist` puts the one file. */
export const delivered = path.join(root, 'dist', 'cunzhi.html');

/** A copy in a folder like those on real machines, whose path must be escaped in every way. */
export const copied = path.join(root, 'target', 'e2e', '村务 资料#1 100%', 'cunzhi.html');
/** A page beside it on which nothing runs. */
export const blank = path.join(path.dirname(copied), 'blank.html');
export const oneFileUrl = pathToFileURL(copied).href;

export const shots = path.join(root, 'shots');
export const port = Number(process.env.CUNZHI_PORT ?? 41730);
