/** What a resolver may use: who asks, the services, and this request's loaders. */
import type { Grant } from '../access/grant.js';
import type { Principal } from '../access/principal.js';
import type { PedigreeError } from '../domain/errors.js';
import type { ReadBudget } from '../access/read-budget.js';
import type { CaptureService } from '../capture/capture-service.js';
import type { AccessLogService } from '../governance/access-log-service.js';
import type { AuditedRead, ReadAudit } from '../governance/read-audit.js';
import type { GrantService } from '../governance/grants/grant-service.js';
import type { ProfileService } from '../governance/grants/profile-service.js';
import type { GrantWatch } from '../governance/grants/grant-watch.js';
import type { GrantedGraph } from '../lineage/granted/granted-graph.js';
import type { ImpactService } from '../lineage/impact-service.js';
import type { WriteLimits } from '../capture/write-limits.js';
import type { OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import type { AttestationService } from '../lineage/attestation-service.js';
import type { DashboardService } from '../lineage/dashboard-service.js';
import type { SearchService } from '../lineage/search-service.js';
import type { ColumnService } from '../lineage/column-service.js';
import type { Looked } from '../lineage/row-keys.js';
import type { LiveService } from '../lineage/live-service.js';
import type { LineageService } from '../lineage/lineage-service.js';
import type { RootCauseService } from '../lineage/root-cause-service.js';
import type { DiffService } from '../lineage/diff-service.js';
import type { ExportService } from '../lineage/export-service.js';
import type { GraphSource } from '../lineage/lineage-graph.js';
import type { PersonalMembers } from '../lineage/personal-service.js';
import type { PathsService } from '../lineage/paths-service.js';
import type { TraceService } from '../lineage/trace-service.js';
import type { ErasureService } from '../governance/erasure-service.js';
import type { LogName } from '../store/as-of.js';
import type { PersonReports } from '../governance/reports/person-reports.js';
import type { ReportService } from '../governance/reports/report-service.js';
import type { ApprovalService } from '../governance/accountability/approval-service.js';
import type { CustodyService } from '../governance/accountability/custody.js';
import type { RestrictedValues } from '../governance/retention/restricted-values.js';
import type { RetentionService } from '../governance/retention/retention-service.js';
import type { RetirementService } from '../governance/accountability/retirement-service.js';
import type { DriftService } from '../governance/drift/drift-service.js';
import type { WatchService } from '../lineage/watch-service.js';
import type { ContractService } from '../governance/contracts/contract-service.js';
import type { AccountabilityService } from '../governance/accountability-service.js';
import type { EvidenceScope, EvidenceService } from '../governance/evidence/evidence-service.js';
import type { Database } from '../store/database.js';
import type { Standing } from '../store/keys/head-store.js';
import type { LogReader } from '../store/log-reader.js';
import type { Loaders } from './loaders.js';

export interface Services {
  readonly database: Database;
  readonly capture: CaptureService;
  readonly limits: WriteLimits;
  readonly openLineage: OpenLineageService;
  /** The graph as this request's reader may see it. */
  readonly graphs: GraphSource;
  readonly lineage: LineageService;
  readonly search: SearchService;
  readonly attestations: AttestationService;
  readonly dashboard: DashboardService;
  readonly paths: PathsService;
  readonly diff: DiffService;
  readonly exports: ExportService;
  readonly columns: ColumnService;
  readonly live: LiveService;
  readonly trace: TraceService;
  readonly personal: PersonalMembers;
  readonly evidence: EvidenceService;
  readonly erasure: ErasureService;
  readonly retention: RetentionService;
  readonly restricted: RestrictedValues;
  readonly reports: ReportService;
  readonly personReports: PersonReports;
  readonly accountability: AccountabilityService;
  readonly custody: CustodyService;
  readonly approvals: ApprovalService;
  readonly retirement: RetirementService;
  readonly contracts: ContractService;
  readonly drift: DriftService;
  readonly watch: WatchService;
  readonly impact: ImpactService;
  readonly rootCause: RootCauseService;
  readonly budget: ReadBudget;
  readonly audit: ReadAudit;
  readonly accessLog: AccessLogService;
  readonly grants: GrantService;
  readonly profiles: ProfileService;
  readonly grantWatch: GrantWatch;
  /** The services of a grant's holder. Errors: `GRANT_TOO_LARGE`, `TIMEOUT`. */
  readonly granted: (grant: Grant) => Promise<GrantedServices>;
  /** The signed logs as outsiders see them. */
  readonly logs: Readonly<Record<LogName, LogReader>>;
  /** Whether the database has what the lineage log has signed. */
  readonly standing: () => Standing;
  /** Why nothing may be written now; undefined if everything may. */
  readonly refusing: () => PedigreeError | undefined;
  /** Why no personal value may be read now: reads that cannot be recorded are not answered. */
  readonly refusingReads: () => PedigreeError | undefined;
}

/** What answers for the holder of a grant in the place of what answers for everybody else. */
export interface GrantedServices extends Pick<
  Services,
  'graphs' | 'lineage' | 'paths' | 'diff' | 'exports' | 'trace' | 'personal' | 'impact'
> {
  readonly graph: GrantedGraph;
  readonly evidenceScope: EvidenceScope;
}

export interface RequestContext {
  readonly principal: Principal;
  readonly services: Services;
  readonly loaders: Loaders;
  /** The graph under the reader's grant, if it is one: `services` and `loaders` then read nothing else. */
  readonly granted?: GrantedGraph | undefined;
  /** What of an ancestry the reader's grant lets evidence disclose. */
  readonly evidenceScope?: EvidenceScope | undefined;
  /** What @neo4j/graphql runs its reads on: under this name it takes a driver, a session, or, as here, a transaction. */
  readonly executionContext: Database['generated'];
  /** Why the reader reads, in the reader's words. */
  readonly purpose?: string | undefined;
  /** This request in the access log, if it reads personal values; an object of its own, because Apollo copies the context. */
  readonly recording: { read?: AuditedRead };
}

/** Where the personal values are told of that a question reads on its way; nowhere for a reader who may read none. */
export function lookedIn({ principal, recording }: RequestContext): Looked | undefined {
  const { read } = recording;
  if (!read || !principal.scopes.has('READ_PERSONAL')) return undefined;
  return (artifact, values, kids) => {
    read.looked(artifact, values, kids);
  };
}
