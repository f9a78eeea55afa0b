/**
 * A root of a continuous function between two points of opposite sign, by Chandrupatla's method (1997): inverse quadratic
 * interpolation where it is safe, bisection where it is not. About a dozen evaluations for a smooth function.
 */
export function findRoot(value: (x: number) => number, from: number, to: number): number {
  let [a, b, c] = [from, to, to];
  let [fa, fb] = [value(a), value(b)];
  let fc = fb;
  let step = 0.5;
  for (let evaluation = 0; evaluation < 200; evaluation++) {
    const nearest = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = 2 * Number.EPSILON * Math.abs(nearest) + 1e-14 * Math.abs(to - from);
    if (fa === 0 || fb === 0 || Math.abs(b - a) <= tolerance) {
      return nearest;
    }
    const x = a + step * (b - a);
    const fx = value(x);
    if (Math.sign(fx) === Math.sign(fa)) {
      [c, fc] = [a, fa];
    } else {
      [c, fc] = [b, fb];
      [b, fb] = [a, fa];
    }
    [a, fa] = [x, fx];
    step = nextStep({ a, b, c, fa, fb, fc });
  }
  return a;
}

interface Points {
  a: number;
  b: number;
  c: number;
  fa: number;
  fb: number;
  fc: number;
}

/** Where to look next, as a share of the way from `a` to `b`. */
function nextStep({ a, b, c, fa, fb, fc }: Points): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  const isInterpolationSafe = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
  if (!isInterpolationSafe) {
    return 0.5;
  }
  const interpolated = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
  // At least a sliver off either end, so that the bracket always shrinks.
  return Math.min(1 - 1e-9, Math.max(1e-9, interpolated));
}
