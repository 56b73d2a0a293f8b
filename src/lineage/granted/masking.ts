/**
 * Personal values under a grant: masked by the grant's profile, without the names of what is hidden. What a value is
 * classified as is taken from visible artifacts alone; where that is not known, from the strictest rule.
 */
import {
  applyMask,
  maskFor,
  ruleFor,
  type Classified,
  type RedactionProfile,
} from '../../access/redaction-profile.js';
import type { FeatureValue } from '../../domain/declaration.js';
import type { Json } from '../../domain/json.js';
import { parseUrn } from '../../domain/urn.js';
import type { StoredEdge } from '../../store/lineage-reader.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import type { PersonalMember, PersonalMembers } from '../personal-service.js';
import type { ReadValue } from '../traced-features.js';
import type { GrantedGraph } from './granted-graph.js';
import { keyColumns } from './key-columns.js';

const FEATURE = 'value/features/';
const ROW = /^row\/[A-Z_]+\//;

/** A value of an entry by its disclosure path, as canonical JSON; one of a person names whose it is. */
interface DeclaredValue {
  readonly path: string;
  readonly json: string;
  readonly subject?: string;
}

/** A value of which a profile left less than was declared, and by which of its rules. */
export interface MaskedRead {
  /** Disclosure path. */
  readonly path: string;
  readonly value: Json;
  /** Numbers of the rules, from 0: one for each part of a row key, one for any other value. */
  readonly rules: readonly number[];
}

export class MaskedPersonal implements PersonalMembers {
  constructor(
    private readonly stored: PersonalMembers,
    private readonly graph: GrantedGraph,
  ) {}

  /**
   * Personal members, and those feature values and row keys that are nobody's but masked all the same. A row of something
   * hidden is left out: how many there are would say how many hidden data sets a decision used.
   */
  async membersOf(props: StoredProps, mayReadPersonal: boolean): Promise<PersonalMember[]> {
    const id = props.id as string;
    const open = [...openValues(props)].filter(([path]) => isMaskable(path));
    const members = [
      ...(await this.stored.membersOf(props, mayReadPersonal)).map((member) => ({
        ...member,
        isPersonal: true,
      })),
      ...open.map(([path, value]) => ({ path, read: { state: 'OPEN', value } as const, isPersonal: false })),
    ];
    const { redaction } = this.graph.parts;
    const shown = members.filter(({ path }) => redaction.json(path) === path);
    const redacted = await Promise.all(
      shown.map(async ({ isPersonal, ...member }) => ({ isPersonal, ...(await this.redact(id, member)) })),
    );
    return redacted.filter(({ isPersonal, read }) => isPersonal || read.state !== 'OPEN');
  }

  /** True if evidence may disclose a value: what is masked is not what the entry commits to. */
  mayDisclose(id: string, path: string): boolean {
    const { profile } = this.graph.parts;
    if (!profile) return true;
    if (path.startsWith(FEATURE)) return maskFor(profile, this.featureOf(id, path)).mask === 'KEEP';
    return !ROW.test(path) && maskFor(profile, fieldOf(path)).mask === 'KEEP';
  }

  /** What the profile leaves of those of some values of an artifact that it masks, as `membersOf` shows them. */
  async masked(id: string, members: readonly DeclaredValue[]): Promise<MaskedRead[]> {
    const { redaction, profile } = this.graph.parts;
    if (!profile) return [];
    const maskable = members.filter(
      ({ path, subject }) => (subject !== undefined || isMaskable(path)) && redaction.json(path) === path,
    );
    const reads = await Promise.all(
      maskable.map(async ({ path, json }): Promise<MaskedRead[]> => {
        const { read, rules } = await this.mask(profile, id, path, JSON.parse(json) as Json);
        return read.state === 'MASKED' ? [{ path, value: read.value, rules }] : [];
      }),
    );
    return reads.flat();
  }

  private async redact(id: string, { path, read }: PersonalMember): Promise<PersonalMember> {
    const { redaction, profile } = this.graph.parts;
    if (read.state !== 'OPEN') return { path, read };
    if (profile) return { path, read: (await this.mask(profile, id, path, read.value)).read };
    return { path, read: { ...read, value: redaction.json(read.value) } };
  }

  /** Names of what is hidden go first: cut by a mask, one would no longer be found. */
  private async mask(
    profile: RedactionProfile,
    id: string,
    path: string,
    value: Json,
  ): Promise<{ readonly read: ReadValue; readonly rules: readonly number[] }> {
    const shown = this.graph.parts.redaction.json(value);
    const parts = await this.partsOf(id, path, shown);
    return { read: maskParts(profile, path, parts, shown), rules: parts.map((of) => ruleFor(profile, of)) };
  }

  /** What a value is of: a row key has a part for each column, unknown ones among them; any other value is of one thing. */
  private async partsOf(id: string, path: string, value: Json): Promise<readonly Classified[]> {
    if (path.startsWith(FEATURE)) return [this.featureOf(id, path)];
    if (!ROW.test(path)) return [fieldOf(path)];
    const columns = await this.columnsOf(path.replace(ROW, ''));
    return (value as readonly Json[]).map((_, i) => columns?.[i] ?? UNKNOWN);
  }

  /** By the definition that the decision's model uses under this name. */
  private featureOf(decision: string, path: string): Classified {
    const name = path.slice(FEATURE.length);
    const causes = (of: string): readonly StoredEdge[] => this.graph.edgesOf(of, 'UPSTREAM');
    const models = causes(decision).filter(({ type }) => type === 'MADE_BY');
    const definition = models
      .flatMap(({ to }) => causes(to))
      .find(({ type, props, to }) => type === 'USES' && (props.input ?? parseUrn(to).name) === name);
    const { classification } = this.graph.parts.shown.nodes.get(definition?.to ?? '') ?? {};
    return { name, classification };
  }

  private async columnsOf(dataset: string): Promise<readonly Classified[] | undefined> {
    const props = (await this.graph.nodes([dataset])).get(dataset);
    return keyColumns(openValues(props ?? {}));
  }
}

/** `value/explanation` → explanation, `value/subjects/0` → subjects: what is personal is classified so. */
function fieldOf(path: string): Classified {
  return { name: path.split('/')[1] ?? '', classification: 'PERSONAL' };
}

/** Nobody said what it is: the strictest rule, and no name. */
const UNKNOWN: Classified = { name: '', classification: undefined };

function maskParts(
  profile: RedactionProfile,
  path: string,
  parts: readonly Classified[],
  value: Json,
): ReadValue {
  if (ROW.test(path)) return maskKey(profile, parts, value as readonly Json[]);
  const [of = UNKNOWN] = parts;
  if (path.startsWith(FEATURE)) return maskFeature(profile, of, value);
  return applyMask(maskFor(profile, of), value);
}

function isMaskable(path: string): boolean {
  return path.startsWith(FEATURE) || ROW.test(path);
}

/** A contribution tells of the value that it is of: it stays only with it. Where the value came from goes, too. */
function maskFeature(profile: RedactionProfile, of: Classified, value: Json): ReadValue {
  const mask = maskFor(profile, of);
  if (mask.mask === 'KEEP') return { state: 'OPEN', value };
  const masked = applyMask(mask, (value as unknown as FeatureValue).value);
  return 'value' in masked ? { ...masked, value: { value: masked.value } } : masked;
}

/** A key is as open as its least open part; one whose columns are not known is dropped unless everything is kept. */
function maskKey(profile: RedactionProfile, columns: readonly Classified[], key: readonly Json[]): ReadValue {
  const masked = key.map((part, i) => applyMask(maskFor(profile, columns[i] ?? UNKNOWN), part));
  const open = masked.flatMap((part) => ('value' in part ? [part.value] : []));
  if (open.length < key.length) return { state: 'WITHHELD' };
  return { state: masked.every(({ state }) => state === 'OPEN') ? 'OPEN' : 'MASKED', value: open };
}
