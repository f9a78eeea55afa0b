/**
 * The dashboard's controls: its variables, the time range, the refresh. Until they are drawn, and while their code is loaded,
 * what they say stands in their place, about as wide as they will be, so that nothing below moves.
 */
import { css, cx } from '@emotion/css';
import { rangeUtil, type GrafanaTheme2 } from '@grafana/data';
import {
  MultiValueVariable,
  sceneGraph,
  SceneControlsSpacer,
  SceneObjectBase,
  SceneTimePicker,
  VariableValueSelectors,
  type SceneComponentProps,
  type SceneObject,
  type SceneObjectState,
  type SceneVariable,
} from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { Suspense } from 'react';
import { RefreshControl } from './RefreshControl';

interface LateControlsState extends SceneObjectState {
  controls: SceneObject[];
  isWaiting: boolean;
}

export class LateControls extends SceneObjectBase<LateControlsState> {
  static Component = LateControlsView;

  /** @param refresh how often the dashboard refreshes, as in `30s`; empty for never */
  constructor(refresh: string) {
    const controls = [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new RefreshControl({ refresh }),
    ];
    super({ controls, isWaiting: true });
    // Scenes draw nothing of an object until it is active: the controls would be gone for the moment between.
    this.addActivationHandler(() => {
      const leave = controls.map((control) => control.activate());
      return () => leave.forEach((deactivate) => deactivate());
    });
  }

  draw(): void {
    this.setState({ isWaiting: false });
  }
}

function LateControlsView({ model }: SceneComponentProps<LateControls>) {
  const { controls, isWaiting } = model.useState();
  const styles = useStyles2(getStyles);
  const places = controls.map((control) => <Place key={control.state.key} control={control} />);
  return (
    <div className={styles.controls} data-print="away">
      {isWaiting ? (
        places
      ) : (
        <Suspense fallback={places}>
          {controls.map((control) => (
            <control.Component key={control.state.key} model={control} />
          ))}
        </Suspense>
      )}
    </div>
  );
}

/** What stands where a control will. */
function Place({ control }: { control: SceneObject }) {
  if (control instanceof VariableValueSelectors) {
    return <VariablePlaces control={control} />;
  }
  if (control instanceof SceneTimePicker) {
    return <TimePlace control={control} />;
  }
  if (control instanceof RefreshControl) {
    return <RefreshPlace control={control} />;
  }
  return control instanceof SceneControlsSpacer ? <control.Component model={control} /> : null;
}

function VariablePlaces({ control }: { control: VariableValueSelectors }) {
  const { variables } = sceneGraph.getVariables(control).useState();
  return (
    <>
      {variables
        .filter(({ state }) => state.hide !== VariableHide.hideVariable)
        .map((variable) => (
          <VariablePlace key={variable.state.key} variable={variable} />
        ))}
    </>
  );
}

function VariablePlace({ variable }: { variable: SceneVariable }) {
  const { label, name, hide } = variable.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.pair} data-late-control>
      {hide !== VariableHide.hideLabel && <span className={cx(styles.box, styles.label)}>{label ?? name}</span>}
      <span className={cx(styles.box, styles.value)}>
        {variable instanceof MultiValueVariable ? variable.getValueText() : ''}
      </span>
    </div>
  );
}

function TimePlace({ control }: { control: SceneTimePicker }) {
  const range = sceneGraph.getTimeRange(control);
  const { value } = range.useState();
  const styles = useStyles2(getStyles);
  return (
    <span className={cx(styles.box, styles.time)} data-late-control>
      {rangeUtil.describeTimeRange(value.raw, range.getTimeZone())}
    </span>
  );
}

function RefreshPlace({ control }: { control: RefreshControl }) {
  const { refresh } = control.useState();
  const styles = useStyles2(getStyles);
  return (
    <span className={cx(styles.box, styles.refresh)} data-late-control>
      {refresh}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) }),
  pair: css({ display: 'flex' }),
  box: css({
    display: 'flex',
    alignItems: 'center',
    height: theme.spacing(theme.components.height.md),
    paddingInline: theme.spacing(1),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    whiteSpace: 'nowrap',
  }),
  label: css({
    position: 'relative',
    right: -1,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  // Room for what each will have beside its text: an arrow, the time picker's buttons, the refresh button.
  value: css({ paddingRight: theme.spacing(4) }),
  time: css({
    paddingInline: theme.spacing(8.5, 13),
    // Grafana's time picker has no room for its text there.
    [theme.breakpoints.down('sm')]: { width: 156, fontSize: 0 },
  }),
  refresh: css({ paddingInline: theme.spacing(5.5, 3.5) }),
});
