// Serves the measuring page, the peers and the finished app from one address,
// so that they share one browser profile. Pages are asked for anew each time;
// what they load may be kept, as a host with fingerprinted names would say.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Serves folders under their prefixes; answers the address and how to stop. */
export async function serve(folders) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const [, prefix, ...rest] = decodeURIComponent(pathname).split('/');
    const name = rest.join('/') || 'index.html';
    const folder = folders[prefix];
    const inside = folder && !name.split('/').includes('..');
    fs.readFile(inside ? path.join(folder, name) : '', (problem, bytes) => {
      if (problem) {
        response.writeHead(404).end();
        return;
      }
      const type = types[path.extname(name)] ?? 'application/octet-stream';
      const kept = type.startsWith('text/html') ? 'no-cache' : 'public, max-age=31536000, immutable';
      response.writeHead(200, {
        'content-type': type,
        'content-length': bytes.length,
        'cache-control': kept,
        // A page that is isolated from others is given a clock of microseconds.
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
      response.end(bytes);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
