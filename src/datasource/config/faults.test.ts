import { findFaults } from './faults';

describe('findFaults', () => {
  it('finds nothing in three addresses', () => {
    const settings = {
      mlflow: { host: 'db' },
      prometheus: { url: 'http://prometheus:9090' },
      influx: { url: 'http://influx:8086', database: 'ml' },
    };
    expect(findFaults(settings).size).toBe(0);
  });

  it('takes what a provisioned variable that is not set leaves behind for not set', () => {
    // As Grafana hands over `$MLFLOW_DB_PORT`; the type knows no such text.
    const provisioned: object = {
      mlflow: { host: 'db', port: '', ssl: '', schema: '' },
      influx: { url: 'http://influx:8086', database: 'ml', dialect: '', organisation: '' },
      business: { baseVolume: '', currency: '' },
    };
    expect([...findFaults(provisioned)]).toEqual([]);
  });

  it.each([
    ['mlflow.host', { mlflow: { host: '' } }, 'This is needed'],
    ['mlflow.port', { mlflow: { host: 'db', port: 70_000 } }, /65535/],
    ['prometheus.url', { prometheus: { url: 'prometheus:9090' } }, 'An http:// or https:// address'],
    ['prometheus.url', { prometheus: { url: '' } }, 'This is needed'],
    ['influx.url', { influx: { url: '', database: 'ml' } }, 'This is needed'],
    ['business.currency', { business: { currency: 'euro' } }, 'An ISO 4217 code, e.g. EUR'],
    ['influx.database', { influx: { url: 'http://influx', database: '' } }, 'This is needed'],
  ])('says what is wrong with %s', (field, settings, expected) => {
    expect(findFaults(settings).get(field)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  });
});
