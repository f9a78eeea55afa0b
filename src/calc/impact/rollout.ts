/** Requests a day at full rollout: latency and errors cost per request, so a 5 % test would show a twentieth of them. */

/** The parameter when set, else what was measured ÷ exposure (0…1]; null when neither is known. */
export function requestsAtFullRollout(
  parameter: number | undefined,
  measuredPerDay: number | null,
  exposure: number,
): number | null {
  if (parameter !== undefined) {
    return parameter;
  }
  return measuredPerDay === null ? null : measuredPerDay / exposure;
}
