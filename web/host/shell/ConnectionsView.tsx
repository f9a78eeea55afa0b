/**
 * The data source's own config editor, out of its module, with what Grafana puts around it: save, and the health check.
 * Where the page lets connections be changed; what is saved lasts as long as the page.
 */
import { DataSourcePlugin, type DataSourceSettings } from '@grafana/data';
import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { Alert, Button, LoadingPlaceholder, Stack } from '@grafana/ui';
import { Suspense, useEffect, useState, type ComponentType } from 'react';
import { z } from 'zod';
import { editableDataSourceSchema, type EditableDataSource, type FrontendSettings } from '../../wire';
import { importModule } from '../amd/loader';

interface EditorProps {
  options: DataSourceSettings;
  onOptionsChange: (options: DataSourceSettings) => void;
}

type Loaded =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'ready'; Editor: ComponentType<EditorProps>; options: DataSourceSettings };

type Health = { state: 'unasked' } | { state: 'asking' } | { state: 'ok' | 'error'; message: string };

const pathOf = (uid: string) => `/api/datasources/uid/${encodeURIComponent(uid)}`;

function toOptions({ version, ...settings }: EditableDataSource): DataSourceSettings {
  return {
    ...settings,
    version,
    orgId: 1,
    typeName: settings.name,
    typeLogoUrl: '',
    access: 'proxy',
    url: '',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    isDefault: true,
    readOnly: false,
    withCredentials: false,
  };
}

const readOptions = async (uid: string): Promise<DataSourceSettings> =>
  toOptions(editableDataSourceSchema.parse(await getBackendSrv().get<unknown>(pathOf(uid))));

/** @throws Error when the module holds no config editor */
async function importEditor(module: string): Promise<ComponentType<EditorProps>> {
  const { plugin } = await importModule(module);
  const editor = plugin instanceof DataSourcePlugin ? plugin.components.ConfigEditor : undefined;
  if (editor === undefined) {
    throw new Error(`${module} has no config editor`);
  }
  return editor;
}

const healthSchema = z.object({ message: z.string() });

async function askHealth(uid: string): Promise<Health> {
  try {
    return { state: 'ok', ...healthSchema.parse(await getBackendSrv().get<unknown>(`${pathOf(uid)}/health`)) };
  } catch (error) {
    const body = isFetchError(error) ? healthSchema.safeParse(error.data) : undefined;
    return { state: 'error', message: body?.data?.message ?? wordsOf(error) };
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function ConnectionsView({ settings }: { settings: FrontendSettings }) {
  const dataSource = settings.datasources[settings.defaultDatasource];
  const uid = dataSource?.uid;
  const module = dataSource?.meta.module;
  const [loaded, setLoaded] = useState<Loaded>(() =>
    dataSource === undefined ? { state: 'failed', message: 'This page has no data source.' } : { state: 'loading' },
  );
  const [health, setHealth] = useState<Health>({ state: 'unasked' });
  useEffect(() => {
    if (uid === undefined || module === undefined) {
      return undefined;
    }
    let isCurrent = true;
    const show = (next: Loaded) => isCurrent && setLoaded(next);
    Promise.all([importEditor(module), readOptions(uid)]).then(
      ([Editor, options]) => show({ state: 'ready', Editor, options }),
      (error: unknown) => show({ state: 'failed', message: wordsOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [uid, module]);

  switch (loaded.state) {
    case 'loading':
      return <LoadingPlaceholder text="" />;
    case 'failed':
      return <Alert title="The connections can’t be shown">{loaded.message}</Alert>;
    case 'ready': {
      const { Editor, options } = loaded;
      const save = async (): Promise<Health> => {
        const { jsonData, secureJsonData } = options;
        await getBackendSrv().put(pathOf(options.uid), { jsonData, secureJsonData });
        setLoaded({ ...loaded, options: await readOptions(options.uid) });
        return askHealth(options.uid);
      };
      const saveAndTest = () => {
        setHealth({ state: 'asking' });
        save().then(setHealth, (error: unknown) => setHealth({ state: 'error', message: wordsOf(error) }));
      };
      return (
        <>
          <Alert severity="info" title="Changes last until the demo ends">
            They are kept in memory only and take effect with the next query.
          </Alert>
          {/* Some of the editor's fields load their code as they are drawn. */}
          <Suspense fallback={<LoadingPlaceholder text="" />}>
            <Editor options={options} onOptionsChange={(next) => setLoaded({ ...loaded, options: next })} />
          </Suspense>
          <Stack direction="column" gap={1}>
            <HealthMessage health={health} />
            <div>
              <Button onClick={saveAndTest} disabled={health.state === 'asking'}>
                Save &amp; test
              </Button>
            </div>
          </Stack>
        </>
      );
    }
  }
}

function HealthMessage({ health }: { health: Health }) {
  switch (health.state) {
    case 'unasked':
    case 'asking':
      return null;
    case 'ok':
    case 'error':
      return (
        <Alert
          severity={health.state === 'ok' ? 'success' : 'error'}
          title={health.state === 'ok' ? 'Every source answers' : 'A source fails'}
        >
          {health.message.split('\n').map((line) => (
            <div key={line}>{line}</div>
          ))}
        </Alert>
      );
  }
}
