/** A panel as a PNG, as it stands on the page, with a line beneath that says of when and what it is. */
import type { Options } from 'html-to-image/lib/types';

/** Two pixels a pixel: sharp on paper and on every screen. */
const DENSITY = 2;
const CAPTION_HEIGHT = 28;
const CAPTION_SIZE = 11;
const MARGIN = 12;

export interface PictureLook {
  background: string;
  text: string;
  fontFamily: string;
}

/** What is not part of the panel's content: its menu, and whatever a pointer brought up. */
const isContent = (node: Node): boolean =>
  !(node instanceof Element && node.matches('[data-testid^="data-testid Panel menu"], .u-cursor-x, .u-cursor-y'));

async function drawPanel(panel: HTMLElement, background: string): Promise<HTMLCanvasElement> {
  // Loaded when it is first asked for: most visits take no picture.
  const { toCanvas } = await import('html-to-image');
  const options: Options = { pixelRatio: DENSITY, backgroundColor: background, filter: isContent, skipAutoScale: true };
  return toCanvas(panel, options);
}

/**
 * Draws a panel with a caption beneath it.
 * @throws Error when the browser refuses to draw it
 */
export async function takePicture(panel: HTMLElement, caption: string, look: PictureLook): Promise<Blob> {
  const drawn = await drawPanel(panel, look.background);
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height + CAPTION_HEIGHT * DENSITY;
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('this browser draws no pictures: it has no canvas');
  }
  context.fillStyle = look.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0);
  context.scale(DENSITY, DENSITY);
  context.font = `${CAPTION_SIZE}px ${look.fontFamily}`;
  context.fillStyle = look.text;
  context.textBaseline = 'middle';
  const width = canvas.width / DENSITY - 2 * MARGIN;
  context.fillText(caption, MARGIN, drawn.height / DENSITY + CAPTION_HEIGHT / 2, width);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)),
      'image/png',
    );
  });
}
