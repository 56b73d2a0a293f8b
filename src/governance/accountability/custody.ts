/** Through whose hands an artifact and everything upstream of it went, in one order, and where the chain is broken. */
import type { EdgeType } from '../../domain/kinds.js';
import { loadAncestry, type Ancestry } from '../../lineage/ancestry.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import { runState } from '../../lineage/run-state.js';
import { parseUrn } from '../../domain/urn.js';
import type { Database } from '../../store/database.js';
import { byHappening } from '../../store/happening-order.js';
import { LineageReader, type StoredEdge } from '../../store/lineage-reader.js';
import type { StoredProps } from '../../store/stored-values.js';

export interface CustodyArgs {
  readonly of: string;
  readonly asOf?: AsOfInput | null | undefined;
}

/** One entry about one artifact of the chain. */
export interface CustodyEvent {
  readonly artifact: string;
  /** 0 for the artifact asked about. */
  readonly depth: number;
  /** `DECLARED`, or the attestation's type. */
  readonly what: string;
  /** The entry. */
  readonly props: StoredProps;
  /** Who declared the direct causes of a declared artifact, if these were others. */
  readonly takenFrom: readonly string[];
}

export type CustodyBreakCode = 'NOT_DECLARED' | 'DIGEST_DIFFERS' | 'BEFORE_ITS_CAUSE' | 'RUN_NOT_ENDED';

/** A place where the chain does not hold. */
export interface CustodyBreak {
  readonly code: CustodyBreakCode;
  readonly artifact: string;
  readonly message: string;
}

export interface Custody {
  readonly of: string;
  readonly asOf: number;
  readonly events: readonly CustodyEvent[];
  readonly breaks: readonly CustodyBreak[];
  /** Links whose effect states no digest of its cause: nobody confirmed what was handed over. */
  readonly unconfirmed: number;
  /** True if the ancestry is larger than an answer holds. */
  readonly truncated: boolean;
}

/** Of these the effect cannot have happened before its cause did. */
const IN_TIME: readonly EdgeType[] = ['READ', 'TRAINED_ON', 'MADE_BY', 'SCORED', 'USED_OUTPUT_OF'];

export class CustodyService {
  constructor(private readonly database: Database) {}

  /** Errors: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `TIMEOUT`. */
  async custody({ of, asOf }: CustodyArgs): Promise<Custody> {
    parseUrn(of);
    return this.database.read(async (runner) => {
      const size = await resolveAsOf(asOf, runner);
      return judgeCustody(await loadAncestry(new LineageReader(runner), of, size));
    });
  }
}

/** By the producers' times; of one moment in log order. */
function judgeCustody(ancestry: Ancestry): Custody {
  const { id: of, asOf, nodes, truncated } = ancestry;
  const depths = new Map([[of, 0], ...ancestry.ancestors.map(({ id, depth }) => [id, depth] as const)]);
  const declared = [...nodes.values()]
    .filter((props) => props.declared === true)
    .map((props) => declaredEvent(props, ancestry, depths));
  const attested = ancestry.attestations.flatMap(({ props, about }) =>
    about.map((artifact) => ({
      ...{ artifact, props, takenFrom: [] },
      depth: depths.get(artifact) ?? 0,
      what: String(props.type),
    })),
  );
  const edges = [...nodes.keys()].flatMap((id) => ancestry.edges.get(id)?.items ?? []);
  return {
    ...{ of, asOf, truncated },
    events: [...declared, ...attested].sort(inOrder),
    breaks: [
      ...[...nodes.values()].flatMap((props) => nodeBreaks(props, ancestry)),
      ...edges.flatMap((edge) => edgeBreaks(edge, nodes)),
    ],
    unconfirmed: edges.filter(({ toDigest }) => toDigest === undefined).length,
  };
}

function declaredEvent(
  props: StoredProps,
  ancestry: Ancestry,
  depths: ReadonlyMap<string, number>,
): CustodyEvent {
  const id = props.id as string;
  const causes = (ancestry.edges.get(id)?.items ?? []).map(({ to }) => ancestry.nodes.get(to)?.by);
  const others = causes.filter((by): by is string => typeof by === 'string' && by !== props.by);
  return {
    artifact: id,
    depth: depths.get(id) ?? 0,
    what: 'DECLARED',
    props,
    takenFrom: [...new Set(others)].sort(),
  };
}

function inOrder(a: CustodyEvent, b: CustodyEvent): number {
  return byHappening(a.props, b.props) || (a.artifact < b.artifact ? -1 : 1);
}

function nodeBreaks(props: StoredProps, { attestations }: Ancestry): CustodyBreak[] {
  const artifact = props.id as string;
  if (props.declared !== true)
    return [{ code: 'NOT_DECLARED', artifact, message: 'it is named as a cause, and nobody declared it' }];
  if (!artifact.startsWith('transform:')) return [];
  const { state } = runState(artifact, attestations);
  return state === 'COMPLETED'
    ? []
    : [
        {
          code: 'RUN_NOT_ENDED',
          artifact,
          message: `nobody told that the run was completed; its state is ${state ?? 'not told'}`,
        },
      ];
}

function edgeBreaks(
  { type, from, to, toDigest }: StoredEdge,
  nodes: ReadonlyMap<string, StoredProps>,
): CustodyBreak[] {
  const [effect, cause] = [nodes.get(from), nodes.get(to)];
  const breaks: CustodyBreak[] = [];
  if (toDigest !== undefined && cause?.declared === true && cause.digest !== toDigest) {
    breaks.push({
      code: 'DIGEST_DIFFERS',
      artifact: from,
      message: `it took ${to} with the digest ${toDigest}, whose entry has ${String(cause.digest)}`,
    });
  }
  const early = (effect?.occurredAt as number) < (cause?.occurredAt as number);
  if (early && IN_TIME.includes(type)) {
    breaks.push({
      code: 'BEFORE_ITS_CAUSE',
      artifact: from,
      message: `it happened before ${to}, which it names under ${type}`,
    });
  }
  return breaks;
}
