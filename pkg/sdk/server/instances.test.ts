import type { DataSourceSettings } from '../protocol/context';
import { Instances } from './instances';
import { createLogger } from './logger';

function settings(change: Partial<DataSourceSettings> = {}): DataSourceSettings {
  return {
    id: 1,
    uid: 'uplift',
    name: 'Uplift',
    url: '',
    user: '',
    database: '',
    jsonData: {},
    secrets: {},
    updatedMs: 1,
    apiVersion: '',
    ...change,
  };
}

/** Instances that note their own end. */
function harness() {
  const disposed: string[] = [];
  const lines: string[] = [];
  const logger = createLogger({ module: 'test' }, { write: (line) => lines.push(line) });
  const instances = new Instances(({ uid, updatedMs, name }: DataSourceSettings) => {
    if (name === 'unusable') throw new Error('unusable settings');
    const id = `${uid}@${updatedMs}`;
    return {
      id,
      dispose: () => {
        disposed.push(id);
        return name === 'sticky' ? Promise.reject(new Error('cannot close')) : Promise.resolve();
      },
    };
  }, logger);
  const idOf = (of: DataSourceSettings, orgId = 1) => instances.use(orgId, of, ({ id }) => Promise.resolve(id));
  return { instances, disposed, lines, idOf };
}

describe('instances of a data source', () => {
  it('are kept while the settings stay the same', async () => {
    const { instances, disposed } = harness();
    const first = await instances.use(1, settings(), (instance) => Promise.resolve(instance));
    const second = await instances.use(1, settings(), (instance) => Promise.resolve(instance));
    expect(second).toBe(first);
    expect(disposed).toEqual([]);
  });

  it('are replaced and disposed of when the settings have changed', async () => {
    const { disposed, idOf } = harness();
    await idOf(settings());
    expect(await idOf(settings({ updatedMs: 2 }))).toBe('uplift@2');
    expect(disposed).toEqual(['uplift@1']);
  });

  it('are separate per uid and per organisation', async () => {
    const { instances, disposed, idOf } = harness();
    const first = await instances.use(1, settings(), (instance) => Promise.resolve(instance));
    expect(await idOf(settings({ uid: 'other', updatedMs: 9 }))).toBe('other@9');
    const elsewhere = await instances.use(2, settings(), (instance) => Promise.resolve(instance));
    expect(elsewhere).not.toBe(first);
    expect(disposed).toEqual([]);
  });

  it('outlive their replacement until the last request on them has ended, even when it fails', async () => {
    const { instances, disposed, idOf } = harness();
    const ends: Array<() => void> = [];
    const running = () => instances.use(1, settings(), () => new Promise<void>((resolve) => ends.push(resolve)));
    const requests = [running(), running()];
    const failing = instances.use(1, settings(), async () => {
      await requests[1];
      throw new Error('the query failed');
    });
    await idOf(settings({ updatedMs: 2 }));
    ends[0]?.();
    await requests[0];
    expect(disposed).toEqual([]);
    ends[1]?.();
    await expect(failing).rejects.toThrow('the query failed');
    expect(disposed).toEqual(['uplift@1']);
  });

  it('stay as they are when the new settings cannot make one', async () => {
    const { disposed, idOf } = harness();
    await idOf(settings());
    await expect(idOf(settings({ updatedMs: 2, name: 'unusable' }))).rejects.toThrow('unusable settings');
    expect(disposed).toEqual([]);
    expect(await idOf(settings())).toBe('uplift@1');
  });

  it('are all disposed of at the end, and one that cannot be is logged', async () => {
    const { instances, disposed, lines, idOf } = harness();
    await idOf(settings({ name: 'sticky' }));
    await idOf(settings({ uid: 'other' }));
    await instances.disposeAll();
    expect(disposed.sort()).toEqual(['other@1', 'uplift@1']);
    expect(lines.join()).toContain('cannot close');
  });
});
