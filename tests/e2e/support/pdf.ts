// The text of a PDF as Chromium writes it: fonts by glyph, each with a table
// of what its glyphs mean.

import zlib from 'node:zlib';

/** What the stream of an object holds; empty where it has none. */
function streamOf(object: string): string {
  const [head = '', rest] = object.split(/stream\r?\n/, 2);
  const at = object.indexOf('stream');
  if (rest === undefined || !head.includes('FlateDecode')) {
    return rest ?? '';
  }
  const body = object.slice(at).replace(/^stream\r?\n/, '');
  return zlib.inflateSync(Buffer.from(body.slice(0, body.lastIndexOf('endstream')), 'latin1')).toString('latin1');
}

/** Letters of UTF-16 in hexadecimal digits. */
const letters = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What the glyphs of a font mean, by their digits. */
function meanings(table: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', meant = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      known.set(glyph.toUpperCase(), letters(meant));
    }
  }
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = '', last = '', meant = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      for (let glyph = parseInt(first, 16); glyph <= parseInt(last, 16); glyph += 1) {
        const letter = String.fromCodePoint(letters(meant).codePointAt(0)! + glyph - parseInt(first, 16));
        known.set(glyph.toString(16).toUpperCase().padStart(first.length, '0'), letter);
      }
    }
  }
  return known;
}

/** All that can be read in the PDF, without blanks, in the order in which it is drawn. */
export function pdfText(bytes: Buffer): string {
  const raw = bytes.toString('latin1');
  const objects = new Map([...raw.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map((found) => [found[1]!, found[2]!]));
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name = '', at = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = objects.get(at)?.match(/\/ToUnicode (\d+) 0 R/)?.[1];
    fonts.set(name, meanings(table ? streamOf(objects.get(table) ?? '') : ''));
  }
  let text = '';
  for (const object of objects.values()) {
    const drawn = /\bstream\r?\n/.test(object) && !/\/Subtype \/Image|\/FontFile|\/Length1/.test(object) ? streamOf(object) : '';
    let font = new Map<string, string>();
    for (const [, name, shown] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|((?:\[[^\]]*\]|<[0-9A-Fa-f]*>)\s*T[jJ])/g)) {
      font = name ? (fonts.get(name) ?? font) : font;
      const width = [...font.keys()][0]?.length ?? 4;
      for (const [, run = ''] of (shown ?? '').matchAll(/<([0-9A-Fa-f]*)>/g)) {
        const glyphs = run.toUpperCase().match(new RegExp(`.{${width}}`, 'g')) ?? [];
        text += glyphs.map((glyph) => font.get(glyph) ?? '').join('');
      }
    }
  }
  // Some fonts call a character by the radical that looks the same: ⼭ for 山.
  return text.normalize('NFKC').replace(/\s/g, '');
}
