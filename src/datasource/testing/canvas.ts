/** Grafana's comboboxes measure their text on a canvas, which jsdom does not have. Imported for its effect. */
import '@testing-library/jest-dom';

Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
  value: () => ({ measureText: () => ({ width: 0 }) }),
});
