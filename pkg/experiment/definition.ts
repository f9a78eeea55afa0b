/**
 * Which experiment is meant, and what it is (design §5). A definition is looked for in the query, then in the settings,
 * then in MLflow's tags, then discovered from the stores; what the query itself says overrides the rest, field by field.
 */
import { parseISO } from 'date-fns';
import type { SourceName } from '../../src/calc/provenance';
import type {
  Assignment,
  ExperimentDefinition,
  ExperimentOverlay,
  MetricDefinition,
  Role,
  Split,
  Unit,
} from '../../src/contract/experiment';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { FailureError } from '../../src/contract/failure';

export interface Variant {
  name: string;
  role: Role;
  alias: Partial<Record<SourceName, string>>;
}

/** A period with one split; shares sum to 1 over the variants that are randomised. */
export interface Phase {
  from: number;
  split: Split;
}

/** A definition with every name resolved and every instant in epoch ms. */
export interface Experiment {
  id: string;
  name: string;
  owner?: string;
  alias: Partial<Record<SourceName, string>>;
  control: string;
  /** Control first, then in definition order. */
  variants: Variant[];
  phases: Phase[];
  start: number | null;
  end: number | null;
  warmUpMs: number;
  timeZone: string;
  assignment: Assignment;
  unit?: Unit;
  metrics: MetricDefinition[] | null;
  plannedTotal: number;
  alpha: number;
  currency?: string;
  origin: DefinitionOrigin;
}

export type DefinitionOrigin = 'query' | 'settings' | 'mlflow' | 'discovered';

/** A definition before its control is settled, and where it was found. */
export interface KnownExperiment {
  definition: ExperimentDefinition;
  origin: DefinitionOrigin;
  /** Variant names the stores show for it, by store: candidates when the definition lists none. */
  seen: Partial<Record<SourceName, readonly string[]>>;
}

const CONTROL_NAME = /baseline|control|champion/i;

/**
 * The experiment a reference means: by id, by name, or the only one there is.
 * @throws FailureError naming the known experiments when it is unknown or ambiguous
 */
export function findExperiment(reference: string, known: readonly KnownExperiment[]): KnownExperiment {
  const wanted = reference.trim();
  const names = known.map(({ definition }) => definition.id);
  if (wanted === '') {
    const [only, ...others] = known;
    if (only && others.length === 0) {
      return only;
    }
    throw new FailureError({
      class: 'config',
      field: 'experiment',
      message: 'No experiment is chosen.',
      fix: names.length ? `Choose one of: ${names.join(', ')}.` : NOTHING_KNOWN,
    });
  }
  const found =
    known.find(({ definition }) => definition.id === wanted) ??
    known.find(({ definition }) => definition.name === wanted);
  if (!found) {
    throw new FailureError({
      class: 'config',
      field: 'experiment',
      message: `Experiment “${wanted}” is not known.`,
      fix: names.length ? `Choose one of: ${names.slice(0, 20).join(', ')}.` : NOTHING_KNOWN,
    });
  }
  return found;
}

const NOTHING_KNOWN =
  'Define it in the data source’s settings, tag the MLflow experiment with uplift.*, or log runs with a variant param.';

/** Lays the query's own words over a known definition: an alert rule carries control, split and start itself. */
export function overlayDefinition(known: KnownExperiment, overlay: ExperimentOverlay | undefined): KnownExperiment {
  const given = Object.fromEntries(Object.entries<unknown>(overlay ?? {}).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) {
    return known;
  }
  const definition = experimentDefinitionSchema.parse({ ...known.definition, ...given });
  return { ...known, definition, origin: 'query' };
}

const settled = new WeakMap<KnownExperiment, Experiment>();

/**
 * Settles variants, control, phases and instants; once for each known experiment, since every refresh asks for all of them.
 * @throws FailureError (`control`, `variants`, `start`) with the candidates and the fix
 */
export function settleExperiment(known: KnownExperiment): Experiment {
  const experiment = settled.get(known) ?? settleAnew(known);
  settled.set(known, experiment);
  return experiment;
}

function settleAnew(known: KnownExperiment): Experiment {
  const { definition, origin } = known;
  const listed = definition.variants.length ? definition.variants : variantsSeen(known);
  const control = settleControl(definition, listed);
  const start = definition.start === undefined ? null : parseISO(definition.start).getTime();
  const end = definition.end === undefined ? null : parseISO(definition.end).getTime();
  if (start !== null && end !== null && end <= start) {
    throw new FailureError({
      class: 'config',
      field: 'end',
      message: `Experiment “${definition.id}” ends before it starts.`,
      fix: 'Set an end after the start, or leave it out while the test runs.',
    });
  }
  const variants = listed
    .map((variant): Variant => ({ ...variant, role: variant.name === control ? 'control' : roleOf(variant.role) }))
    .sort((a, b) => Number(b.role === 'control') - Number(a.role === 'control'));
  refuseDoubleAlias(definition.id, variants);
  return {
    id: definition.id,
    name: definition.name ?? definition.id,
    owner: definition.owner,
    alias: definition.alias,
    control,
    variants,
    phases: settlePhases(definition, start, variants),
    start,
    end,
    warmUpMs: definition.warmUp * 1000,
    timeZone: definition.timeZone,
    assignment: definition.assignment,
    unit: definition.unit,
    metrics: definition.metrics ?? null,
    plannedTotal: definition.plannedTotal,
    alpha: definition.alpha,
    currency: definition.currency,
    origin,
  };
}

/** Only one variant may be the control; any other that claims the role is a treatment. */
function roleOf(role: Role): Role {
  return role === 'control' ? 'treatment' : role;
}

function variantsSeen({ seen }: KnownExperiment): Variant[] {
  const names = new Set(Object.values(seen).flat());
  return [...names].sort().map((name) => ({ name, role: 'treatment', alias: {} }));
}

function settleControl(definition: ExperimentDefinition, variants: readonly Pick<Variant, 'name' | 'role'>[]): string {
  const names = variants.map(({ name }) => name);
  const explicit = definition.control ?? variants.find(({ role }) => role === 'control')?.name;
  if (explicit !== undefined) {
    if (names.length > 0 && !names.includes(explicit)) {
      throw new FailureError({
        class: 'config',
        field: 'control',
        message: `Control “${explicit}” is not a variant of “${definition.id}”.`,
        fix: `Set the control to one of: ${names.join(', ')}.`,
      });
    }
    return explicit;
  }
  const candidates = names.filter((name) => CONTROL_NAME.test(name));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) {
    return only;
  }
  throw new FailureError({
    class: 'config',
    field: 'control',
    message: `The control of “${definition.id}” is not set.`,
    fix: names.length
      ? `Set control to one of: ${names.join(', ')}.`
      : 'No variant was found: check that runs carry the variant param and series the variant label, then set control.',
  });
}

function refuseDoubleAlias(id: string, variants: readonly Variant[]): void {
  for (const source of ['mlflow', 'prometheus', 'influx'] as const) {
    const names = variants.map((variant) => variant.alias[source] ?? variant.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new FailureError({
        class: 'config',
        field: 'variants',
        source,
        message: `Two variants of “${id}” are both called “${twice}” in ${source}.`,
        fix: 'Aliases are one-to-one within a store: correct one of them.',
      });
    }
  }
}

function settlePhases(definition: ExperimentDefinition, start: number | null, variants: readonly Variant[]): Phase[] {
  const known = new Set(variants.map(({ name }) => name));
  const share = (split: Split): Split => {
    const stranger = Object.keys(split).find((name) => !known.has(name));
    if (stranger !== undefined) {
      throw new FailureError({
        class: 'config',
        field: 'split',
        message: `The split of “${definition.id}” names “${stranger}”, which is not a variant.`,
        fix: `Use the variants’ names: ${[...known].join(', ')}.`,
      });
    }
    const counted = variants.filter(({ role }) => role !== 'shadow').map(({ name }) => name);
    const total = counted.reduce((sum, name) => sum + (split[name] ?? 0), 0);
    if (total <= 0) {
      throw new FailureError({
        class: 'config',
        field: 'split',
        message: `The split of “${definition.id}” gives no variant any traffic.`,
        fix: 'Give shares such as { "baseline": 70, "enhanced": 30 }.',
      });
    }
    return Object.fromEntries(counted.map((name) => [name, (split[name] ?? 0) / total]));
  };
  if (definition.phases?.length) {
    return definition.phases
      .map((phase) => ({ from: parseISO(phase.from).getTime(), split: share(phase.split) }))
      .sort((a, b) => a.from - b.from);
  }
  return definition.split ? [{ from: start ?? 0, split: share(definition.split) }] : [];
}

/** The experiment's name in a store. */
export function experimentAlias(experiment: Pick<Experiment, 'id' | 'alias'>, source: SourceName): string {
  return experiment.alias[source] ?? experiment.id;
}

/** The variant's name in a store. */
export function variantAlias(variant: Variant, source: SourceName): string {
  return variant.alias[source] ?? variant.name;
}

/** The variant a store's name means; undefined when it is unmapped. */
export function variantByAlias(experiment: Experiment, source: SourceName, alias: string): Variant | undefined {
  return experiment.variants.find((variant) => variantAlias(variant, source) === alias);
}
