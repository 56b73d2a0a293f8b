/** What a resolver may use: who asks, the services, and this request's loaders. */
import type { Principal } from '../access/principal.js';
import type { PedigreeError } from '../domain/errors.js';
import type { ReadBudget } from '../access/read-budget.js';
import type { CaptureService } from '../capture/capture-service.js';
import type { AccessLogService } from '../governance/access-log-service.js';
import type { AuditedRead, ReadAudit } from '../governance/read-audit.js';
import type { ImpactService } from '../lineage/impact-service.js';
import type { WriteLimits } from '../capture/write-limits.js';
import type { OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import type { AttestationService } from '../lineage/attestation-service.js';
import type { DashboardService } from '../lineage/dashboard-service.js';
import type { SearchService } from '../lineage/search-service.js';
import type { ColumnService } from '../lineage/column-service.js';
import type { LiveService } from '../lineage/live-service.js';
import type { LineageService } from '../lineage/lineage-service.js';
import type { RootCauseService } from '../lineage/root-cause-service.js';
import type { DiffService } from '../lineage/diff-service.js';
import type { ExportService } from '../lineage/export-service.js';
import type { PersonalService } from '../lineage/personal-service.js';
import type { PathsService } from '../lineage/paths-service.js';
import type { TraceService } from '../lineage/trace-service.js';
import type { ErasureService } from '../governance/erasure-service.js';
import type { LogName } from '../store/as-of.js';
import type { ReportService } from '../governance/reports/report-service.js';
import type { AccountabilityService } from '../governance/accountability-service.js';
import type { EvidenceService } from '../governance/evidence/evidence-service.js';
import type { Database } from '../store/database.js';
import type { Standing } from '../store/keys/head-store.js';
import type { LogReader } from '../store/log-reader.js';
import type { Loaders } from './loaders.js';

export interface Services {
  readonly database: Database;
  readonly capture: CaptureService;
  readonly limits: WriteLimits;
  readonly openLineage: OpenLineageService;
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
  readonly personal: PersonalService;
  readonly evidence: EvidenceService;
  readonly erasure: ErasureService;
  readonly reports: ReportService;
  readonly accountability: AccountabilityService;
  readonly impact: ImpactService;
  readonly rootCause: RootCauseService;
  readonly budget: ReadBudget;
  readonly audit: ReadAudit;
  readonly accessLog: AccessLogService;
  /** The signed logs as outsiders see them. */
  readonly logs: Readonly<Record<LogName, LogReader>>;
  /** Whether the database has what the lineage log has signed. */
  readonly standing: () => Standing;
  /** Why nothing may be written now; undefined if everything may. */
  readonly refusing: () => PedigreeError | undefined;
}

export interface RequestContext {
  readonly principal: Principal;
  readonly services: Services;
  readonly loaders: Loaders;
  /** What @neo4j/graphql runs its reads on: under this name it takes a driver, a session, or, as here, a transaction. */
  readonly executionContext: Database['generated'];
  /** Why the reader reads, in the reader's words. */
  readonly purpose?: string | undefined;
  /** This request in the access log, if it reads personal values; an object of its own, because Apollo copies the context. */
  readonly recording: { read?: AuditedRead };
}
