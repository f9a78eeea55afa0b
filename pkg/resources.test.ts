import pino from 'pino';
import { settingsSchema } from '../src/contract/settings';
import { FailureError } from '../src/contract/failure';
import { createInstance } from './instance';
import { answerResource } from './resources';
import { CallHeaders } from './sdk/protocol/headers';
import type { Source } from './sources/source';

type Values = NonNullable<Source['dimensionValues']>;

const context = { orgId: 1, pluginId: '', pluginVersion: '', user: null, settings: null };

/** The `values` resource over stores that answer as given. */
async function ask(stores: Partial<Record<'prometheus' | 'influx', Values>>, query: string) {
  const settings = settingsSchema.parse({ experiments: [{ id: 'shop', alias: { influx: 'shop-deployment' } }] });
  const instance = createInstance({ uid: 'u', name: 'U', settings, secrets: {}, logger: pino({ level: 'silent' }) });
  for (const name of ['prometheus', 'influx'] as const) {
    const dimensionValues = stores[name];
    if (dimensionValues) {
      const probe = () => Promise.reject(new Error('not asked'));
      instance.sources[name] = { name, probe, dimensionValues, dispose: () => Promise.resolve() };
    }
  }
  const request = { context, headers: new CallHeaders(), path: 'values', method: 'GET', url: `values?${query}`, body: new Uint8Array() }; // prettier-ignore
  const { status, body } = await answerResource(instance, request, new AbortController().signal);
  const parsed: unknown = JSON.parse(String(body));
  return { status, body: parsed };
}

const away: Values = () =>
  Promise.reject(
    new FailureError({ class: 'network', source: 'influx', message: 'Nobody answers.', fix: 'Start it.' }),
  );

describe('values of a dimension', () => {
  it('are cut at 1,000 of 10,000', async () => {
    const many: Values = () => Promise.resolve(Array.from({ length: 10_000 }, (_, index) => `v${String(index)}`));
    const { body } = await ask({ prometheus: many }, 'dimension=pod');
    expect(body).toHaveLength(1000);
  });

  it('are each store’s of the experiment as it is called there', async () => {
    const prometheus = jest.fn<ReturnType<Values>, Parameters<Values>>(() => Promise.resolve(['eu']));
    const influx = jest.fn<ReturnType<Values>, Parameters<Values>>(() => Promise.resolve(['us', 'eu']));
    const { body } = await ask({ prometheus, influx }, 'dimension=region&search=u&experiment=shop');
    expect(body).toEqual(['eu', 'us']);
    expect(prometheus.mock.calls[0]?.[3]).toBe('shop');
    expect(influx.mock.calls[0]?.[3]).toBe('shop-deployment');
  });

  it('are what is left when a store is away, and an error when none is', async () => {
    const prometheus: Values = () => Promise.resolve(['eu']);
    expect((await ask({ prometheus, influx: away }, 'dimension=region')).body).toEqual(['eu']);
    const { status, body } = await ask({ influx: away }, 'dimension=region');
    expect(status).toBe(502);
    expect(body).toMatchObject({ message: 'InfluxDB: Nobody answers. Start it.' });
  });

  it('of an experiment that is not known are an error that names those that are', async () => {
    const prometheus: Values = () => Promise.resolve(['eu']);
    const { status, body } = await ask({ prometheus }, 'dimension=region&experiment=deleted');
    expect(status).toBe(400);
    expect(body).toHaveProperty('message', expect.stringMatching(/“deleted” is not known.*shop/));
  });
});
