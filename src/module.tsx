import { AppPlugin } from '@grafana/data';
import { ExperimentsPage } from './app/ExperimentsPage';

export const plugin = new AppPlugin().setRootPage(ExperimentsPage);
