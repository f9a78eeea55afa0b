/** Integration by Gauss and Legendre's rule: sixteen points a panel, exact for polynomials up to degree 31. */

/** Nodes and weights on [−1, 1], one half; the other is its mirror. */
const GAUSS_LEGENDRE: readonly (readonly [node: number, weight: number])[] = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.45801677765722737, 0.16915651939500254],
  [0.6178762444026438, 0.14959598881657673],
  [0.755404408355003, 0.12462897125553387],
  [0.8656312023878318, 0.09515851168249279],
  [0.9445750230732326, 0.062253523938647894],
  [0.9894009349916499, 0.027152459411754095],
];

/** ∫ of a smooth function over the panels between ascending `cuts`. */
export function integrate(integrand: (x: number) => number, cuts: readonly number[]): number {
  let sum = 0;
  for (let index = 1; index < cuts.length; index++) {
    const low = cuts[index - 1] ?? 0;
    const high = cuts[index] ?? 0;
    const middle = (low + high) / 2;
    const half = (high - low) / 2;
    for (const [node, weight] of GAUSS_LEGENDRE) {
      sum += half * weight * (integrand(middle - half * node) + integrand(middle + half * node));
    }
  }
  return sum;
}
