/** Where this command finds what it runs: the build and what is provisioned, whatever folder it is called from. */
import path from 'node:path';
import { PROJECT_ROOT as root } from '../web/server/project';

export const PROJECT = {
  root,
  dist: path.join(root, 'dist'),
  dashboards: path.join(root, 'provisioning/dashboards'),
  /** A pattern. */
  experiments: path.join(root, 'provisioning/experiments/*.yaml'),
} as const;
