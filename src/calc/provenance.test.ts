import { levelOf, type Level, type SourceReading } from './provenance';

const reading = (source: SourceReading['source'], state: SourceReading['state'], keptAt?: number): SourceReading => ({
  source,
  state,
  endpoint: 'primary',
  asOf: null,
  ...(keptAt === undefined ? {} : { keptAt }),
});

describe('the level of an answer', () => {
  it.each<[string, SourceReading[], boolean, Level]>([
    ['MLflow and Prometheus', [reading('mlflow', 'ok'), reading('prometheus', 'ok')], false, 'live'],
    ['MLflow and InfluxDB', [reading('mlflow', 'ok'), reading('influx', 'stale')], false, 'live'],
    ['Prometheus without MLflow', [reading('mlflow', 'down'), reading('prometheus', 'ok')], false, 'operational'],
    ['MLflow alone', [reading('mlflow', 'ok'), reading('prometheus', 'empty')], false, 'model'],
    ['MLflow beside kept traffic', [reading('mlflow', 'ok'), reading('prometheus', 'down', 1)], false, 'model'],
    [
      'nothing but what is kept',
      [reading('mlflow', 'down', 1), reading('prometheus', 'down', 1)],
      false,
      'operational',
    ],
    ['kept evaluations alone', [reading('mlflow', 'down', 1), reading('prometheus', 'down')], false, 'model'],
    ['nothing, where it may be simulated', [reading('mlflow', 'down')], true, 'simulated'],
    ['nothing', [reading('mlflow', 'off'), reading('prometheus', 'down')], false, 'no-data'],
  ])('from %s', (_, readings, simulated, level) => {
    expect(levelOf(readings, simulated)).toBe(level);
  });
});
