/** Puts the settings together from patches, and remembers which setting came from where. */
import type { Patch } from './variables';

const isPatch = (value: unknown): value is Patch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has been set so far, and the origin of each place: `settings.mlflow.port` → `MLFLOW_DB_PORT (.env, line 3)`. */
export class Draft {
  readonly values: Patch = {};
  private readonly origins = new Map<string, string>();

  /** Lays a patch over what there is; of two that set one place, the later counts. */
  apply(patch: Patch, origin: string): void {
    this.merge(this.values, patch, origin, '');
  }

  /** Where a place was set: its own origin, else that of the place around it; null when it was not. */
  originOf(path: string): string | null {
    for (let place = path; place !== ''; place = place.slice(0, Math.max(place.lastIndexOf('.'), 0))) {
      const origin = this.origins.get(place);
      if (origin !== undefined) {
        return origin;
      }
    }
    return null;
  }

  private merge(target: Patch, patch: Patch, origin: string, path: string): void {
    for (const [name, value] of Object.entries(patch)) {
      const place = path === '' ? name : `${path}.${name}`;
      if (!isPatch(value)) {
        target[name] = value;
        this.origins.set(place, origin);
        continue;
      }
      const known = target[name];
      const inner = isPatch(known) ? known : {};
      target[name] = inner;
      this.merge(inner, value, origin, place);
    }
  }
}
