/** What a picture that `uplift render` took holds. */
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

export interface Png {
  width: number;
  height: number;
}

/** Width and height in pixels. A file that is cut short fails. */
export async function readPng(file: string): Promise<Png> {
  const bytes = await readFile(file);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  // IEND closes a whole file.
  expect(bytes.subarray(-8, -4).toString()).toBe('IEND');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

export interface Pdf {
  pages: number;
  texts: number;
  maps: number;
  /** Names of the fonts in it. */
  fonts: string[];
}

/** How often a PDF shows text, and how many of its fonts say which characters their glyphs are: what selecting needs. */
export async function readPdf(file: string): Promise<Pdf> {
  const bytes = await readFile(file);
  const text = bytes.toString('latin1');
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  const found = { pages: (text.match(/\/Type\s*\/Page\b/g) ?? []).length, texts: 0, maps: 0, fonts: fontsOf(text) };
  for (const { 0: head, index } of text.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)) {
    const start = index + head.length;
    const content = inflateSync(bytes.subarray(start, text.indexOf('endstream', start))).toString('latin1');
    found.texts += (content.match(/\bT[jJ]\b/g) ?? []).length;
    found.maps += content.includes('beginbfchar') || content.includes('beginbfrange') ? 1 : 0;
  }
  return found;
}

const fontsOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\/FontName\s*\/(?:[A-Z]{6}\+)?([\w-]+)/g)].map(([, name = '']) => name)),
];
