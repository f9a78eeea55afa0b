/**
 * Journeys in a real Grafana, by Grafana's own models of its pages. They want the Grafana at `GRAFANA_URL` to have the
 * bundle, and `provisioning/` with the demo's stores behind it. `GRAFANA_USER`, `GRAFANA_PASSWORD`: an administrator.
 */
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { CHROMIUM, SILENT } from '../chromium';

const root = path.resolve(import.meta.dirname, '../../..');
const login = path.join(root, 'node_modules/@grafana/plugin-e2e/dist/auth');
const baseURL = process.env['GRAFANA_URL'] ?? 'http://localhost:3000';

export default defineConfig<PluginOptions>({
  outputDir: path.join(root, '.cache/e2e/grafana'),
  timeout: 90_000,
  expect: { timeout: 30_000 },
  workers: 1,
  use: {
    baseURL,
    grafanaAPICredentials: {
      user: process.env['GRAFANA_USER'] ?? 'admin',
      password: process.env['GRAFANA_PASSWORD'] ?? 'admin',
    },
    viewport: { width: 1600, height: 1000 },
    launchOptions: { executablePath: CHROMIUM, args: SILENT },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'login', testDir: login, testMatch: [/.*\.js/] },
    {
      name: 'journeys',
      testDir: import.meta.dirname,
      testMatch: /.*\.spec\.ts/,
      dependencies: ['login'],
      use: { storageState: 'playwright/.auth/admin.json' },
    },
  ],
});
