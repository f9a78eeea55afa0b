import { startDemo } from '../demo/demo';
import { startPage } from './server/start';
const demo = await startDemo({ report: (l) => console.log(l) });
const page = await startPage({
  port: 8059,
  datasources: [
    { uid: 'uplift', name: 'Uplift', jsonData: demo.settings.jsonData, secureJsonData: demo.settings.secrets },
  ],
  distDir: '/work/main/dist',
  dashboardsDir: '/work/main/provisioning/dashboards',
  logLevel: 'info',
});
console.log(page.url);
process.on(
  'SIGTERM',
  () =>
    void page
      .stop()
      .then(() => demo.stop())
      .then(() => process.exit(0)),
);
