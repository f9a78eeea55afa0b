/** What can be done with one panel: see it full, save it as a picture, save its data. */
import { AppEvents, dateTimeFormat } from '@grafana/data';
import { config, getAppEvents } from '@grafana/runtime';
import { sceneGraph, VizPanel, VizPanelMenu } from '@grafana/scenes';
import { DashboardScene } from '../scene/DashboardScene';
import { toCsv } from './csv';
import { takePicture } from './picture';
import { fileName, saveFile } from './save-file';

const titleOf = (panel: VizPanel): string => sceneGraph.interpolate(panel, panel.state.title);

function saveData(panel: VizPanel): void {
  const series = sceneGraph.getData(panel).state.data?.series ?? [];
  // The mark at the start tells spreadsheets that the text is UTF-8.
  const content = new Blob(['\uFEFF', toCsv(series)], { type: 'text/csv;charset=utf-8' });
  saveFile(fileName(titleOf(panel), new Date(), 'csv'), content);
}

function captionOf(panel: VizPanel, now: Date): string {
  const dashboard = sceneGraph.getAncestor(panel, DashboardScene);
  const { value, timeZone } = sceneGraph.getTimeRange(panel).state;
  const write = (at: number) => dateTimeFormat(at, { format: 'D MMM YYYY HH:mm', timeZone });
  const range = `${write(value.from.valueOf())} to ${write(value.to.valueOf())}`;
  return [dashboard.state.title, range, `taken ${write(now.valueOf())}`].join(' · ');
}

/** A failure is told, not thrown: whoever chose the menu's item waits for a file. */
async function savePicture(panel: VizPanel): Promise<void> {
  const element = document.querySelector<HTMLElement>(`[data-viz-panel-key="${String(panel.state.key)}"]`);
  const { colors, typography } = config.theme2;
  const look = {
    background: colors.background.primary,
    text: colors.text.secondary,
    fontFamily: typography.fontFamily,
  };
  try {
    if (element === null) {
      throw new Error('the panel is not on the page');
    }
    const now = new Date();
    saveFile(fileName(titleOf(panel), now, 'png'), await takePicture(element, captionOf(panel, now), look));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the browser refused';
    getAppEvents().publish({ type: AppEvents.alertError.name, payload: ['No picture was taken', reason] });
  }
}

/** The panel's menu; its items are made when it opens, for they depend on what is shown then. */
export function panelMenu(): VizPanelMenu {
  return new VizPanelMenu({
    $behaviors: [
      (menu) => {
        if (!(menu instanceof VizPanelMenu)) {
          return;
        }
        const panel = sceneGraph.getAncestor(menu, VizPanel<object, object>);
        const dashboard = sceneGraph.getAncestor(panel, DashboardScene);
        const isAlone = dashboard.state.viewPanel === panel.state.key;
        menu.setItems([
          isAlone
            ? { text: 'Back to dashboard', iconClassName: 'arrow-left', onClick: () => dashboard.showAll() }
            : { text: 'View', iconClassName: 'eye', onClick: () => dashboard.showAlone(panel) },
          { text: '', type: 'divider' },
          { text: 'Download PNG', iconClassName: 'camera', onClick: () => void savePicture(panel) },
          { text: 'Download CSV', iconClassName: 'download-alt', onClick: () => saveData(panel) },
        ]);
      },
    ],
  });
}
