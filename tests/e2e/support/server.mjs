// Serves dist/ as a plain static host would, for the `http` project.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  // A name of one part only: everything in dist/ lies in one folder.
  const name = path.basename(decodeURIComponent(pathname)) || 'index.html';
  fs.readFile(path.join(dist, name), (problem, bytes) => {
    if (problem) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[path.extname(name)] ?? 'application/octet-stream' });
    response.end(bytes);
  });
}).listen(Number(process.env.CUNZHI_PORT), '127.0.0.1');
