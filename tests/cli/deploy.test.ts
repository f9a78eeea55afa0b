/** `deploy/`: the Dockerfile and the manifests are what their tools take, keep to the safe settings, and fit the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { load } from 'js-yaml';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Secret, Service, ServiceAccount } from 'kubernetes-models/v1';
import { z } from 'zod';
import { settle } from '../../cli/settings/settle';
import { VARIABLES } from '../../cli/settings/variables';
import { LIMITS } from '../../web/server/limits';

const ROOT = path.join(__dirname, '../..');
const KUBERNETES = path.join(ROOT, 'deploy/kubernetes');

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = (file: string) => z.looseObject({ kind: z.string() }).parse(load(read(`deploy/kubernetes/${file}`)));

describe('the Dockerfile', () => {
  const dockerfile = read('deploy/Dockerfile');
  const instructions = dockerfile
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));

  test('is one, without a warning', () => {
    const found = validate(dockerfile).map(({ message, range }) => [range.start.line + 1, message]);
    expect(found).toEqual([]);
  });

  test('runs as nobody in particular, from a stage of its own', () => {
    expect(instructions.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.find((line) => line.startsWith('USER '))).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
  });

  test('copies only what is there, or is built', () => {
    const copied = instructions.flatMap((line) => /^COPY --from=build (.*) \S+$/.exec(line)?.[1]?.split(/\s+/) ?? []);
    const built = ['node_modules', 'dist'];
    const folders = copied.map((source) => source.replace('/src/', ''));
    expect(folders).toEqual(expect.arrayContaining(['cli', 'web', 'pkg', 'provisioning', ...built]));
    expect(folders.filter((name) => !built.includes(name) && !existsSync(path.join(ROOT, name)))).toEqual([]);
  });

  test('sets only variables that are read', () => {
    const set = [...dockerfile.matchAll(/\b(DASHBOARD_\w+)=/g)].map(([, name]) => name);
    expect(set.filter((name) => !VARIABLES.some((variable) => variable.name === name))).toEqual([]);
  });

  test('takes no secret into the image', () => {
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', '.git', 'node_modules']));
  });
});

describe('the Kubernetes manifests', () => {
  // Each constructor carries the schema of Kubernetes's own OpenAPI document.
  test.each([
    ['service-account.yaml', (given: object) => new ServiceAccount(given)],
    ['config-map.yaml', (given: object) => new ConfigMap(given)],
    ['secret.example.yaml', (given: object) => new Secret(given)],
    ['deployment.yaml', (given: object) => new Deployment(given)],
    ['service.yaml', (given: object) => new Service(given)],
    ['disruption-budget.yaml', (given: object) => new PodDisruptionBudget(given)],
    ['network-policy.yaml', (given: object) => new NetworkPolicy(given)],
  ])('%s is valid by Kubernetes’s own schema', (file, model) => {
    const given = manifest(file);
    const made = model(given);
    expect(() => made.validate()).not.toThrow();
    expect(made.kind).toBe(given.kind);
  });

  test('a manifest with a wrong field would be noticed', () => {
    const given = { ...manifest('deployment.yaml'), spec: { replicas: 'two' } };
    expect(() => new Deployment(given as object).validate()).toThrow();
  });

  test('kustomize finds every file it names, and every file is named', () => {
    const { resources } = z.looseObject({ resources: z.array(z.string()) }).parse(manifest('kustomization.yaml'));
    const files = readdirSync(KUBERNETES).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
    const named = (file: string) => (file === 'secret.example.yaml' ? 'secret.yaml' : file);
    expect([...new Set(files.map(named))].sort()).toEqual([...resources].sort());
  });

  const deployment = z.object({
    spec: z.object({
      template: z.object({
        spec: z.object({
          automountServiceAccountToken: z.literal(false),
          terminationGracePeriodSeconds: z.number(),
          securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
          containers: z.tuple([
            z.object({
              securityContext: z.object({
                allowPrivilegeEscalation: z.literal(false),
                readOnlyRootFilesystem: z.literal(true),
                capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
              }),
              resources: z.object({ requests: z.object({}), limits: z.object({ memory: z.string() }) }),
              livenessProbe: z.object({ httpGet: z.object({ path: z.literal('/healthz') }) }),
              readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/readyz') }) }),
            }),
          ]),
        }),
      }),
    }),
  });

  test('the pods are not root, may write nowhere but /tmp, and are probed', () => {
    expect(() => deployment.parse(manifest('deployment.yaml'))).not.toThrow();
  });

  test('a pod has time to end its requests', () => {
    const { terminationGracePeriodSeconds } = deployment.parse(manifest('deployment.yaml')).spec.template.spec;
    const HOOK_MS = 5_000;
    expect(terminationGracePeriodSeconds * 1000).toBeGreaterThan(HOOK_MS + LIMITS.graceMs);
  });

  test('ConfigMap and Secret hold settings that are read, valid together with the image’s, and no secret in the open', () => {
    const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(manifest('config-map.yaml'));
    const { stringData } = z
      .object({ stringData: z.record(z.string(), z.literal('')) })
      .parse(manifest('secret.example.yaml'));
    const known = VARIABLES.map(({ name }) => name);
    expect([...Object.keys(data), ...Object.keys(stringData)].filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(data).filter((name) => /PASSWORD|TOKEN/.test(name))).toEqual([]);
    const filled = Object.fromEntries(Object.keys(stringData).map((name) => [name, 'x'.repeat(32)]));
    const { page, settings } = settle({
      flags: new Map(),
      environment: { DASHBOARD_HOST: '0.0.0.0', ...data, ...filled },
      envFile: new Map(),
      envFileName: '.env',
      file: null,
    });
    expect(page).toMatchObject({ host: '0.0.0.0', user: 'uplift', password: filled['DASHBOARD_PASSWORD'] });
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(['mlflow', 'prometheus', 'influx']));
  });
});
