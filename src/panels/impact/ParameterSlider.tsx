import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { PARAMETER_LABELS, type NumericParameter } from '../../calc/impact/parameters';
import { writeParameter } from './parameter-words';
import { sliderRange } from './slider-range';

interface ParameterSliderProps {
  name: NumericParameter;
  /** What the slider starts from: marked beneath the track. */
  start: number;
  value: number;
  currency: string;
  onMove: (name: NumericParameter, value: number) => void;
}

/** One assumption on a track, with a tick under what it started from. */
export function ParameterSlider({ name, start, value, currency, onMove }: ParameterSliderProps) {
  const id = useId();
  const styles = useStyles2(getStyles);
  const { label, meaning } = PARAMETER_LABELS[name];
  const { min, max, step } = sliderRange(name, start);
  const share = (of: number) => `${((of - min) / (max - min)) * 100}%`;
  const words = writeParameter(name, value, currency);
  return (
    <div className={styles.parameter}>
      <div className={styles.words}>
        <Tooltip content={`Assumed: ${meaning}.`} placement="left">
          <label htmlFor={id} className={styles.label}>
            {label}
          </label>
        </Tooltip>
        <span aria-hidden="true" className={value === start ? styles.value : styles.movedValue}>
          {words}
        </span>
      </div>
      <div className={styles.track}>
        <span className={styles.line} aria-hidden="true">
          <span className={styles.filled} style={{ width: share(value) }} />
        </span>
        <input
          id={id}
          type="range"
          className={styles.input}
          min={min}
          max={max}
          step={step}
          value={value}
          aria-valuetext={`${words}, assumed ${writeParameter(name, start, currency)}`}
          onChange={(event) => onMove(name, event.currentTarget.valueAsNumber)}
        />
        <span className={styles.tick} style={{ left: share(start) }} aria-hidden="true" />
      </div>
    </div>
  );
}

const KNOB = 14;

const getStyles = (theme: GrafanaTheme2) => {
  const { colors, isDark } = theme;
  const knob = {
    width: KNOB,
    height: KNOB,
    borderRadius: KNOB / 2,
    border: 0,
    background: isDark ? colors.text.maxContrast : colors.primary.main,
  };
  const focus = { outline: `2px solid ${colors.primary.border}`, outlineOffset: 2 };
  return {
    parameter: css({ fontSize: 12, lineHeight: '16px', fontVariantNumeric: 'tabular-nums' }),
    words: css({ display: 'flex', justifyContent: 'space-between', gap: 8, whiteSpace: 'nowrap' }),
    label: css({
      margin: 0,
      fontWeight: 400,
      color: colors.text.secondary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    }),
    value: css({ color: colors.text.primary }),
    movedValue: css({ color: colors.text.maxContrast, fontWeight: 500 }),
    track: css({ position: 'relative', height: 19, margin: `0 ${KNOB / 2}px` }),
    line: css({
      position: 'absolute',
      top: KNOB / 2 - 2,
      left: 0,
      right: 0,
      height: 4,
      borderRadius: 2,
      background: colors.border.strong,
      overflow: 'hidden',
    }),
    filled: css({ display: 'block', height: 4, background: colors.primary.main }),
    input: css({
      appearance: 'none',
      display: 'block',
      width: `calc(100% + ${KNOB}px)`,
      height: KNOB,
      margin: `0 ${-KNOB / 2}px`,
      background: 'none',
      cursor: 'pointer',
      position: 'relative',
      '&::-webkit-slider-runnable-track': { background: 'none' },
      '&::-moz-range-track': { background: 'none' },
      '&::-webkit-slider-thumb': { appearance: 'none', ...knob },
      '&::-moz-range-thumb': knob,
      '&:focus-visible': { outline: 'none' },
      '&:focus-visible::-webkit-slider-thumb': focus,
      '&:focus-visible::-moz-range-thumb': focus,
    }),
    tick: css({
      position: 'absolute',
      top: KNOB + 1,
      width: 2,
      height: 4,
      marginLeft: -1,
      background: colors.text.secondary,
      pointerEvents: 'none',
    }),
  };
};
