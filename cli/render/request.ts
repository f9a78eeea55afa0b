/** What `uplift render` was asked for, read from its flags. */
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import { readInstant } from './instant';

export const FORMATS = ['png', 'pdf'] as const;
export type PictureFormat = (typeof FORMATS)[number];
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Size {
  width: number;
  /** Null: as high as the content. */
  height: number | null;
}

export interface RenderRequest {
  /** Uids; empty: every dashboard of the page. */
  dashboards: string[];
  /** Ids of panels; empty: whole dashboards. */
  panels: number[];
  themes: Theme[];
  formats: PictureFormat[];
  /** Null: 1600 wide for a dashboard, 1000 × 500 for a panel. */
  size: Size | null;
  /** Device pixels a pixel, 1…4. */
  density: number;
  /** As the page's address wants them; null: the dashboard's own. */
  from: string | null;
  to: string | null;
  /** Values of variables, by name. */
  variables: Map<string, string>;
  /** IANA name; null: this machine's. */
  timeZone: string | null;
  /** A running page; null: one is started. */
  url: string | null;
  /** A folder, or the file of a single picture. */
  out: string;
  chromium: string | null;
}

const MOST_PIXELS_WIDE = 8000;

const listOf = <T extends string>(allowed: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(allowed, `one of ${allowed.join(', ')}, or several with commas`)));

const sizeSchema = z
  .string()
  .regex(/^\d+(x\d+)?$/, 'WIDTH or WIDTHxHEIGHT in pixels, e.g. 1600x900')
  .transform((text): Size => {
    const [width = 0, height] = text.split('x').map(Number);
    return { width, height: height ?? null };
  })
  .refine(
    ({ width, height }) =>
      width >= 200 && width <= MOST_PIXELS_WIDE && (height === null || (height >= 100 && height <= MOST_PIXELS_WIDE)),
    `from 200x100 to ${MOST_PIXELS_WIDE}x${MOST_PIXELS_WIDE}`,
  );

const variableSchema = z
  .string()
  .regex(/^[^=]+=/, 'NAME=VALUE, e.g. experiment=checkout-ranking')
  .transform((text): [string, string] => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);

const flagsSchema = z.looseObject({
  panel: z.array(z.coerce.number('the id of a panel, a whole number').int().positive()).default([]),
  theme: listOf(THEMES),
  format: listOf(FORMATS).optional(),
  size: sizeSchema.optional(),
  density: z.coerce.number('a number from 1 to 4').min(1).max(4),
  from: z.string().optional(),
  to: z.string().optional(),
  var: z.array(variableSchema).default([]),
  timeZone: z.string().refine(isTimeZone, 'an IANA name, e.g. Europe/Berlin').optional(),
  url: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
  out: z.string(),
  chromium: z.string().optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}

/** @throws FailureError naming the flag that is wrong */
export function readRequest(dashboards: readonly string[], options: Readonly<Record<string, unknown>>): RenderRequest {
  const parsed = flagsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? 'flags').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new FailureError({
      class: 'config',
      field: `--${name}`,
      message: `--${name}: ${issue?.message ?? 'not valid'}.`,
      fix: 'uplift render --help shows every flag with an example.',
    });
  }
  const { panel, theme, format, from, to, size, timeZone, url, out, chromium, density } = parsed.data;
  const ending = FORMATS.find((one) => out.toLowerCase().endsWith(`.${one}`));
  return {
    dashboards: [...new Set(dashboards)],
    panels: [...new Set(panel)],
    themes: [...new Set(theme)],
    formats: [...new Set(format ?? [ending ?? 'png'])],
    size: size ?? null,
    density,
    from: from === undefined ? null : readInstant('--from', from),
    to: to === undefined ? null : readInstant('--to', to),
    variables: new Map(parsed.data.var),
    timeZone: timeZone ?? null,
    url: url ?? null,
    out,
    chromium: chromium ?? null,
  };
}
