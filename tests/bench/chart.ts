/** The trend panel with 10,000 points a series: how long a browser takes to draw it, to move its range, and to follow a cursor. */
import { launchChromium } from '../e2e/chromium';
import { serveGallery } from '../gallery/server';
import { median, type Figure } from './figure';

const WIDTH = 1200;
const TIMES = 20;
/** What sixty pictures a second leave for one. */
const FRAME_MS = 1000 / 60;

/** What is done, as a statement of the page with `step` counting up, and the main thread's time one of it may take, ms. */
const ACTS: ReadonlyArray<readonly [what: string, act: string, goal: number]> = [
  ['pan (new range, redrawn)', `window.dispatchEvent(new CustomEvent('gallery-pan', { detail: step * 60000 }))`, 50],
  [
    'cursor moved',
    `over.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX: left + (width * (step + 1)) / ${TIMES + 2}, clientY: top + height / 2 }))`,
    FRAME_MS,
  ],
];

/** Runs in the page; each act is timed whole, with what React does before the chart draws. */
const timed = (act: string): string => `(async () => {
  const over = document.querySelector('.u-over');
  const { left, top, width, height } = over.getBoundingClientRect();
  const times = [];
  for (let step = 0; step < ${TIMES}; step += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    ${act};
    // uPlot draws in a microtask: the next task starts after it.
    await new Promise((resolve) => setTimeout(resolve, 0));
    times.push(performance.now() - began);
  }
  return times;
})()`;

export async function benchChart(): Promise<Figure[]> {
  const { server, address } = await serveGallery();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH + 16, height: 600 } });
    await page.goto(`${address}?case=trend-many-points&width=${WIDTH}`, { timeout: 120_000 });
    await page.locator('.u-over').waitFor({ timeout: 120_000 });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busyMs = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
    };
    const figures: Figure[] = [];
    for (const [what, act, goal] of ACTS) {
      const before = await busyMs();
      const times = await page.evaluate<number[]>(timed(act));
      const busy = ((await busyMs()) - before) / TIMES;
      figures.push(
        { what: `4 series of 10,000 points: ${what}, main thread`, value: busy, unit: 'ms', goal: { atMost: goal } },
        { what: `4 series of 10,000 points: ${what}, on the clock, median`, value: median(times), unit: 'ms' },
      );
    }
    return figures;
  } finally {
    await browser.close();
    await server.close();
  }
}
