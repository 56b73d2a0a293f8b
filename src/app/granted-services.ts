/** What answers under a grant: the same services over the granted graph. What is not listed here is closed by the policy. */
import type { CursorSealer } from '../access/cursor.js';
import type { Grant } from '../access/grant.js';
import { canonicalJson } from '../domain/json.js';
import type { GrantedServices } from '../graphql/context.js';
import { GrantedEvidence } from '../governance/grants/granted-evidence.js';
import type { ProfileService } from '../governance/grants/profile-service.js';
import { mac } from '../ledger/keys.js';
import { DiffService } from '../lineage/diff-service.js';
import { ExportService } from '../lineage/export-service.js';
import { GrantedDecisions } from '../lineage/granted/granted-decisions.js';
import { grantedSource } from '../lineage/granted/granted-closure.js';
import { GrantedGraphs } from '../lineage/granted/granted-graphs.js';
import { MaskedPersonal } from '../lineage/granted/masking.js';
import { ImpactService } from '../lineage/impact-service.js';
import { LineageService } from '../lineage/lineage-service.js';
import { PathsService } from '../lineage/paths-service.js';
import { PersonalService } from '../lineage/personal-service.js';
import { TraceService } from '../lineage/trace-service.js';
import { EvidenceReader } from '../store/evidence-reader.js';
import type { Database } from '../store/database.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { ReaderKeys } from '../store/keys/reader-keys.js';

/** Hex digits of a surrogate's name. */
const LABEL_DIGITS = 32;

interface GrantedParts {
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly cursors: CursorSealer;
  readonly profiles: ProfileService;
}

export function grantedServices({
  database,
  keyStore,
  cursors,
  profiles,
}: GrantedParts): (grant: Grant) => Promise<GrantedServices> {
  const secret = mac(keyStore.logKey(1), '["pedigree/1","surrogate"]');
  const labelOf = (grant: string): ((text: string) => string) => {
    const key = mac(secret, grant);
    return (text) => `surrogate:${mac(key, canonicalJson(text)).toString('hex').slice(0, LABEL_DIGITS)}`;
  };
  const graphs = new GrantedGraphs(database, labelOf, (profile) => profiles.read(profile));
  const stored = new PersonalService(new ReaderKeys(keyStore));
  return async (grant) => {
    const graph = await graphs.open(grant);
    const personal = new MaskedPersonal(stored, graph);
    const source = grantedSource(graph);
    return {
      graph,
      evidenceScope: new GrantedEvidence(
        graph,
        new EvidenceReader(database),
        personal,
        grant.profile?.digest,
      ),
      personal,
      graphs: source,
      lineage: new LineageService(source, cursors),
      paths: new PathsService(source),
      diff: new DiffService(source, cursors),
      exports: new ExportService(source),
      trace: new TraceService(source, personal),
      impact: new ImpactService(source, new GrantedDecisions(database, graph, grant), cursors),
    };
  };
}
