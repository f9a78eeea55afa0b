/** The one copy of each library that plugin modules share with the page; the counterpart of the build's externals. */
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as i18next from 'i18next';
import lodash from 'lodash';
import moment from 'moment';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as reactRouter from 'react-router';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

/** By the name a module's `define` asks for. CommonJS packages are handed over bare, as Grafana does. */
export const shared: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['@emotion/css', emotionCss],
  ['@emotion/react', emotionReact],
  ['@grafana/data', grafanaData],
  ['@grafana/runtime', grafanaRuntime],
  ['@grafana/runtime/unstable', grafanaRuntimeUnstable],
  ['@grafana/ui', grafanaUi],
  ['i18next', i18next],
  ['lodash', lodash],
  ['moment', moment],
  ['react', react],
  ['react/jsx-runtime', jsxRuntime],
  ['react-dom', reactDom],
  ['react-router', reactRouter],
  ['rxjs', rxjs],
  ['rxjs/operators', rxjsOperators],
]);
