// Photographs as a telephone takes them: large, lying on their side, and with
// the place where they were taken written beside the picture.

import type { Page } from '@playwright/test';

/** What stands in the place that must not survive. */
export const PLACE = 'SECRETPLACE';

/** A picture drawn by the browser: red on its left, blue on its right, rough all over. */
async function drawn(page: Page, width: number, height: number): Promise<Buffer> {
  const url = await page.evaluate(([width, height]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d')!;
    for (let x = 0; x < width; x += 8) {
      for (let y = 0; y < height; y += 8) {
        const shade = 96 + ((x * 7919 + y * 104729) % 160);
        context.fillStyle = x < width / 2 ? `rgb(${shade},20,20)` : `rgb(20,20,${shade})`;
        context.fillRect(x, y, 8, 8);
      }
    }
    return canvas.toDataURL('image/jpeg', 0.95);
  }, [width, height] as const);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** One entry of a TIFF directory. */
function entry(tag: number, type: number, count: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(value, 8);
  return bytes;
}

const counted = (entries: Buffer[]) =>
  Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);

/** EXIF: described by the place, to be turned right by a quarter, 30° 34′ 12″ north. */
function exif(): Buffer {
  const directory = 8;
  const words = directory + 2 + 3 * 12 + 4;
  const gps = words + PLACE.length + 1;
  const degrees = gps + 2 + 2 * 12 + 4;
  const rationals = Buffer.alloc(24);
  [30, 1, 34, 1, 12, 1].forEach((number, place) => rationals.writeUInt32LE(number, place * 4));
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    counted([entry(0x010e, 2, PLACE.length + 1, words), entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, gps)]),
    Buffer.from(`${PLACE}\0`),
    counted([entry(1, 2, 2, 'N'.charCodeAt(0)), entry(2, 5, 3, degrees)]),
    rationals,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A photograph of this size that knows where it was taken. */
export async function photograph(page: Page, width = 3000, height = 2000): Promise<Buffer> {
  const plain = await drawn(page, width, height);
  return Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]);
}
