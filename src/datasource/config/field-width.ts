/** Fields are as wide as is easy to read, and never wider than the page. */
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';

const getStyles = () => css({ maxWidth: 480, width: '100%' });

export const useFieldWidth = (): string => useStyles2(getStyles);
