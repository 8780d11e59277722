// Open data: the zip that the page hands out, read back by its own tables.

import fs from 'node:fs';
import zlib from 'node:zlib';
import { download, expect, openApp, setNow, shot, test } from './support/app.ts';

/** The files of a zip archive, by name. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf('PK\x05\x06');
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [number, number, number];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const content = method === 8 ? zlib.inflateRawSync(packed) : packed;
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), content.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** The rows of a table whose cells hold neither commas nor quotes. */
function rows(files: Map<string, string>, table: string): Record<string, string>[] {
  const [head, ...lines] = files.get(`${table}.csv`)!.replace(/^\ufeff/, '').trimEnd().split('\r\n');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place]!, cell])));
}

test('open data hold the figures of the screen and no name', async ({ page }) => {
  await setNow(page, '2026-11-22T10:00:00+08:00');
  await openApp(page);
  await page.getByRole('button', { name: '进演示村看看' }).click();
  await expect(page.getByText('今天要办').first()).toBeVisible();
  await openApp(page, '#/people');
  await page.getByRole('link', { name: '2-017', exact: true }).click();
  const points = (await page.getByText(/积分结余/).locator('b').innerText()).replaceAll(',', '');
  const cells = page.getByRole('region', { name: '户的清单' }).locator('tbody td:nth-child(2)');
  await expect(cells.nth(100)).toBeAttached();
  const heads = await cells.allInnerTexts();

  await openApp(page, '#/data');
  await shot(page, 'open-data');
  const zip = await download(page, () => page.getByRole('button', { name: '导出开放数据' }).click());
  expect(zip).toMatch(/柳湾村_开放数据_2026-11-22\.zip$/);
  const files = unzip(fs.readFileSync(zip));
  const described = JSON.parse(files.get('datapackage.json')!) as { resources: { path: string }[] };
  expect([...files.keys()].sort()).toEqual(['datapackage.json', ...described.resources.map((one) => one.path)].sort());
  const household = rows(files, 'households').find((row) => row.number === '2-017')!;
  const balance = rows(files, 'balances').find((row) => row.account === `h${household.id}`)!;
  expect(balance.balance).toBe(points);
  const all = [...files.values()].join('\n');
  expect(heads.filter((name) => all.includes(name))).toEqual([]);
});
