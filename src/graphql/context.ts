/** What a resolver may use: who asks, the services, and this request's loaders. */
import type { Principal } from '../access/principal.js';
import type { ReadBudget } from '../access/read-budget.js';
import type { CaptureService } from '../capture/capture-service.js';
import type { AccessLogService } from '../governance/access-log-service.js';
import type { AuditedRead, ReadAudit } from '../governance/read-audit.js';
import type { ImpactService } from '../lineage/impact-service.js';
import type { OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import type { ColumnService } from '../lineage/column-service.js';
import type { LiveService } from '../lineage/live-service.js';
import type { LineageService } from '../lineage/lineage-service.js';
import type { RootCauseService } from '../lineage/root-cause-service.js';
import type { DiffService } from '../lineage/diff-service.js';
import type { ExportService } from '../lineage/export-service.js';
import type { PathsService } from '../lineage/paths-service.js';
import type { TraceService } from '../lineage/trace-service.js';
import type { Database } from '../store/database.js';
import type { Loaders } from './loaders.js';

export interface Services {
  readonly database: Database;
  readonly capture: CaptureService;
  readonly openLineage: OpenLineageService;
  readonly lineage: LineageService;
  readonly paths: PathsService;
  readonly diff: DiffService;
  readonly exports: ExportService;
  readonly columns: ColumnService;
  readonly live: LiveService;
  readonly trace: TraceService;
  readonly impact: ImpactService;
  readonly rootCause: RootCauseService;
  readonly budget: ReadBudget;
  readonly audit: ReadAudit;
  readonly accessLog: AccessLogService;
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
