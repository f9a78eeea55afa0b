/**
 * When the dashboard refreshes. Grafana's own control leaves its button without a name, and changes its width while
 * queries run.
 */
import { SceneRefreshPicker, type SceneComponentProps } from '@grafana/scenes';
import { ButtonGroup, ButtonSelect, ToolbarButton } from '@grafana/ui';

const INTERVALS = ['5s', '10s', '30s', '1m', '5m', '15m'];
const OFF = { label: 'Off', value: '' };

export class RefreshControl extends SceneRefreshPicker {
  static override Component = RefreshControlView;
}

function RefreshControlView({ model }: SceneComponentProps<RefreshControl>) {
  const { refresh } = model.useState();
  const intervals = INTERVALS.includes(refresh) || refresh === '' ? INTERVALS : [refresh, ...INTERVALS];
  const options = [OFF, ...intervals.map((interval) => ({ label: interval, value: interval }))];
  const current = options.find(({ value }) => value === refresh) ?? OFF;
  return (
    <ButtonGroup>
      <ToolbarButton variant="canvas" icon="sync" tooltip="Refresh now" onClick={model.onRefresh} />
      <ButtonSelect
        variant="canvas"
        aria-label={`Refresh every: ${current.label}`}
        value={current}
        options={options}
        onChange={({ value = '' }) => model.onIntervalChanged(value)}
      />
    </ButtonGroup>
  );
}
