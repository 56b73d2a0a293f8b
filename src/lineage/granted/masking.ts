/**
 * Personal values under a grant: masked by the grant's profile, without the names of what is hidden. What a value is
 * classified as is taken from visible artifacts alone; where that is not known, from the strictest rule.
 */
import {
  applyMask,
  maskFor,
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

  private async redact(id: string, { path, read }: PersonalMember): Promise<PersonalMember> {
    const { redaction, profile } = this.graph.parts;
    if (read.state !== 'OPEN') return { path, read };
    const masked = profile ? await this.mask(profile, id, path, read.value) : read;
    return {
      path,
      read: 'value' in masked ? { ...masked, value: redaction.json(masked.value) } : masked,
    };
  }

  private async mask(profile: RedactionProfile, id: string, path: string, value: Json): Promise<ReadValue> {
    if (path.startsWith(FEATURE)) return maskFeature(profile, this.featureOf(id, path), value);
    if (ROW.test(path)) return maskKey(profile, await this.columnsOf(path.replace(ROW, '')), value);
    return applyMask(maskFor(profile, fieldOf(path)), value);
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
function maskKey(
  profile: RedactionProfile,
  columns: readonly Classified[] | undefined,
  value: Json,
): ReadValue {
  const parts = value as readonly Json[];
  const masked = parts.map((part, i) => {
    const column = columns?.[i] ?? { name: '', classification: undefined };
    return applyMask(maskFor(profile, column), part);
  });
  const open = masked.flatMap((part) => ('value' in part ? [part.value] : []));
  if (open.length < parts.length) return { state: 'WITHHELD' };
  return { state: masked.every(({ state }) => state === 'OPEN') ? 'OPEN' : 'MASKED', value: open };
}
