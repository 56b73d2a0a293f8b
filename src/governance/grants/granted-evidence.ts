/**
 * Evidence under a grant: the visible ancestry that can be proved without naming what is hidden. An edge whose own disclosure
 * names something hidden is withheld, and so is one that was ended before: what ended it may name hidden edges, too. Beyond a
 * surrogate nothing is proved: ask about the visible artifact there.
 */
import { canonicalJson, type Json } from '../../domain/json.js';
import type { Member } from '../../ledger/members.js';
import type { AsOfInput } from '../../lineage/as-of.js';
import type { GrantedGraph } from '../../lineage/granted/granted-graph.js';
import type { MaskedPersonal } from '../../lineage/granted/masking.js';
import type { ClosureLinks, ClosureMember, EvidenceReader } from '../../store/evidence-reader.js';
import type { StoredEdge } from '../../store/lineage-reader.js';
import type { AnswerArtifact, MaskedMember, Surrogate } from '../../verify/evidence-file.js';
import type { EvidenceScope } from '../evidence/evidence-service.js';

const REASON = 'OUTSIDE_GRANT';
const EDGE_PATH = /^edge\/([A-Z_]+)\/([^/]+\/[^/]+)(?:\/from\/([^/]+\/[^/]+))?$/;

/** Most edges of one artifact that are looked at for whether one of them is hidden. */
const MAX_LINKS = 100_000;

export class GrantedEvidence implements EvidenceScope {
  /** @param profile digest of the grant's redaction profile; left out if it has none */
  constructor(
    private readonly graph: GrantedGraph,
    private readonly stored: Pick<EvidenceReader, 'links'>,
    private readonly personal: Pick<MaskedPersonal, 'mayDisclose' | 'masked'>,
    readonly profile: string | undefined,
  ) {}

  asOf(point: AsOfInput | null | undefined): Promise<number> {
    return this.graph.asOf(point);
  }

  async closure(of: string, _asOf: number, first: number): Promise<ClosureMember[]> {
    await this.graph.admit([of]);
    const depths = new Map(this.graph.has(of) ? [[of, 0]] : []);
    for (const [id, depth] of depths) {
      // A map goes on to the keys that are added while it is walked, in order: breadth first.
      for (const { to } of this.provable(id)) if (!depths.has(to)) depths.set(to, depth + 1);
    }
    const ids = [...depths.keys()].slice(0, first);
    const nodes = await this.graph.nodes(ids);
    return ids.map((id) => {
      const props = nodes.get(id);
      const leafIndex = props?.declared === true ? (props.leafIndex as number) : undefined;
      return { id, depth: depths.get(id) ?? 0, ...(leafIndex === undefined ? {} : { leafIndex }) };
    });
  }

  async links(
    ids: readonly string[],
    asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, ClosureLinks>> {
    const stored = await this.stored.links(ids, asOf, first);
    return new Map(
      ids.map((id) => [
        id,
        {
          edges: this.provable(id).map(({ type, to, since }) => ({ type, to, since })),
          attestations: stored.get(id)?.attestations ?? [],
        },
      ]),
    );
  }

  /** Only of artifacts whose own entry withholds an edge: those beside it were stated by others. */
  async surrogates(members: readonly AnswerArtifact[]): Promise<readonly Surrogate[]> {
    const { shown, asOf } = this.graph.parts;
    const joined = new Map<string, string[]>();
    for (const { id, effects } of shown.surrogates) {
      for (const effect of effects) joined.set(effect, [...(joined.get(effect) ?? []), id]);
    }
    const beside = members.filter(({ id, leafIndex }) => joined.has(id) && leafIndex !== undefined);
    const links = await this.stored.links(
      beside.map(({ id }) => id),
      asOf,
      MAX_LINKS,
    );
    return beside.flatMap(({ id: of, leafIndex }) => {
      const isOwn = links.get(of)?.edges.some(({ to, since }) => since === leafIndex && !this.graph.has(to));
      return isOwn ? (joined.get(of) ?? []).map((id) => ({ id, of, reason: REASON })) : [];
    });
  }

  mayHaveEdge(owner: string, index: number, { path, json }: Member): boolean {
    const [, type, to = '', from = owner] = EDGE_PATH.exec(path) ?? [];
    if (!this.isClean(json)) return false;
    if (type === 'ABOUT') return this.graph.has(to);
    return this.provable(from).some((edge) => edge.type === type && edge.to === to && edge.since === index);
  }

  mayHaveValue(owner: string, { path, json, subject }: Member): boolean {
    const isOpen = subject === undefined && !/^(row|value\/features)\//.test(path);
    if (!isOpen && !this.personal.mayDisclose(owner, path)) return false;
    return this.isClean(path) && this.isClean(json);
  }

  /** As every other door shows them under this grant. */
  async masked(owner: string, withheld: readonly Member[]): Promise<readonly MaskedMember[]> {
    const masked = await this.personal.masked(owner, withheld);
    return masked.map(({ path, rules, value }) => ({ path, rules, value: canonicalJson(value) }));
  }

  /** The edges that leave an artifact, hold, lead to a visible one, and name nothing else. */
  private provable(id: string): readonly StoredEdge[] {
    const edges = this.graph.edgesOf(id, 'UPSTREAM');
    return edges.filter(({ props }) => this.isClean(props));
  }

  private isClean(value: Json): boolean {
    return JSON.stringify(this.graph.parts.redaction.json(value)) === JSON.stringify(value);
  }
}
