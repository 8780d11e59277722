// Before all tests: puts the one file where `file://` tests open it.

import fs from 'node:fs';
import path from 'node:path';
import { blank, copied, delivered } from './places.ts';

export default function copyOneFile(): void {
  if (!fs.existsSync(delivered)) {
    throw new Error('dist/cunzhi.html is missing: run `cargo xtask dist` first');
  }
  fs.mkdirSync(path.dirname(copied), { recursive: true });
  fs.copyFileSync(delivered, copied);
  fs.writeFileSync(blank, '<!DOCTYPE html><title>blank</title>');
}
