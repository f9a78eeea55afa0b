/** Grafana's template service over the variables of the dashboard that is shown. */
import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { SafeSerializableSceneObject, sceneGraph, type SceneObject } from '@grafana/scenes';

type Format = Parameters<typeof sceneGraph.interpolate>[3];

const isFormat = (format: unknown): format is Format => typeof format === 'string' || typeof format === 'function';

export class SceneTemplateSrv implements TemplateSrv {
  private scene: SceneObject | undefined;

  /** The dashboard whose variables stand behind a text that no panel's scope decides. */
  setScene(scene: SceneObject | undefined): void {
    this.scene = scene;
  }

  replace(target?: string, scopedVars?: ScopedVars, format?: unknown): string {
    const scope: unknown = scopedVars?.['__sceneObject'];
    const from = scope instanceof SafeSerializableSceneObject ? scope.valueOf() : this.scene;
    if (from === undefined) {
      return target ?? '';
    }
    return sceneGraph.interpolate(from, target, scopedVars, isFormat(format) ? format : undefined);
  }

  getVariables() {
    return [];
  }

  containsTemplate(target?: string): boolean {
    return /\$\{?\w|\[\[\w/.test(target ?? '');
  }

  updateTimeRange(): void {
    // Scenes pass the range with each request.
  }
}
