/** What a server is made of: the services, and what each of them needs. */
import type { GrantTokens } from '../access/grant-tokens.js';
import { CursorSealer } from '../access/cursor.js';
import { ReadBudget } from '../access/read-budget.js';
import { CaptureService } from '../capture/capture-service.js';
import type { Preparer } from '../capture/preparer.js';
import { WriteLimits } from '../capture/write-limits.js';
import { OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import { ReadBinder } from '../capture/openlineage/read-binder.js';
import type { Clock } from '../domain/clock.js';
import { type PedigreeError } from '../domain/errors.js';
import { Certificates } from '../governance/certificates.js';
import { RestrictedValues } from '../governance/retention/restricted-values.js';
import { RetentionService } from '../governance/retention/retention-service.js';
import type { RetentionRules } from '../governance/retention/rules.js';
import { ErasureService } from '../governance/erasure-service.js';
import { EvidenceService } from '../governance/evidence/evidence-service.js';
import { ApprovalService } from '../governance/accountability/approval-service.js';
import { CustodyService } from '../governance/accountability/custody.js';
import { RetirementService } from '../governance/accountability/retirement-service.js';
import { DriftService } from '../governance/drift/drift-service.js';
import { WatchService } from '../lineage/watch-service.js';
import { ContractService } from '../governance/contracts/contract-service.js';
import { AccountabilityService } from '../governance/accountability-service.js';
import { ArtifactReports } from '../governance/reports/artifact-reports.js';
import { EstateService } from '../governance/reports/estate-service.js';
import { PersonReports } from '../governance/reports/person-reports.js';
import { ReportService } from '../governance/reports/report-service.js';
import type { Services } from '../graphql/context.js';
import { mac } from '../ledger/keys.js';
import { GrantService } from '../governance/grants/grant-service.js';
import { ProfileService } from '../governance/grants/profile-service.js';
import { GrantWatch } from '../governance/grants/grant-watch.js';
import { AccessLogService } from '../governance/access-log-service.js';
import { ReadAudit } from '../governance/read-audit.js';
import { StoredDecisions } from '../lineage/decision-source.js';
import { ImpactService } from '../lineage/impact-service.js';
import { AttestationService } from '../lineage/attestation-service.js';
import { DashboardService } from '../lineage/dashboard-service.js';
import { SearchService } from '../lineage/search-service.js';
import { ColumnService } from '../lineage/column-service.js';
import { LiveService } from '../lineage/live-service.js';
import { LineageService } from '../lineage/lineage-service.js';
import { RootCauseService } from '../lineage/root-cause-service.js';
import { DiffService } from '../lineage/diff-service.js';
import { ExportService } from '../lineage/export-service.js';
import { PersonalService } from '../lineage/personal-service.js';
import { PathsService } from '../lineage/paths-service.js';
import { StoredGraphs } from '../lineage/lineage-graph.js';
import { TraceService } from '../lineage/trace-service.js';
import { AccessLog } from '../store/access-log.js';
import { type Database } from '../store/database.js';
import { EntryWriter } from '../store/entry-writer.js';
import { ErasureStore } from '../store/erasure-store.js';
import { RemainsReader } from '../store/remains-reader.js';
import { type EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import { ReaderKeys } from '../store/keys/reader-keys.js';
import { StoredEntryReader } from '../store/stored-entry-reader.js';
import { LogFollower } from '../store/log-follower.js';
import { problemOf } from '../store/log-standing.js';
import { RunBindings } from '../store/run-bindings.js';
import { grantedServices } from './granted-services.js';
import type { Config } from './config.js';
import type { SignedLogs } from './signed-logs.js';

export interface ServiceParts {
  readonly database: Database;
  readonly keyStore: EmbeddedKeyStore;
  readonly clock: Clock;
  readonly logs: SignedLogs;
  readonly grantTokens: GrantTokens;
  readonly rules: RetentionRules;
  readonly preparer: Preparer;
}

/** Everything that resolvers and routes ask, wired once. */
export function createServices(config: Config, parts: ServiceParts): Services {
  const { database, keyStore, clock, logs } = parts;
  const { publishers, readers } = logs;
  const cursors = new CursorSealer(mac(keyStore.logKey(1), '["pedigree/1","cursor"]'));
  const accesses = new AccessLog(database, clock, publishers.access);
  const writing = captureServices(parts);
  const { capture } = writing;
  const refusing = (): PedigreeError | undefined =>
    capture.refusing ?? problemOf(publishers.lineage.standing);
  const questions = questionServices(parts, cursors);
  const profiles = new ProfileService(accesses, keyStore, clock);
  const grants = new GrantService({
    ...{ log: accesses, profiles, graphs: questions.graphs, keys: keyStore, tokens: parts.grantTokens },
    ...{ cursors, clock },
  });
  const erasure = createErasure(parts, capture, refusing);
  const accessLog = new AccessLogService(database, accesses, cursors, keyStore);
  return {
    ...questions,
    ...governanceServices(parts, capture),
    ...reportServices(parts, { questions, grants, accessLog, erasure }),
    ...writing,
    database,
    refusing,
    refusingReads: () => problemOf(publishers.access.standing),
    logs: readers,
    standing: () => publishers.lineage.standing,
    limits: new WriteLimits(config.writeRates),
    budget: new ReadBudget(config.readBudget),
    evidence: new EvidenceService(database, keyStore, readers.lineage),
    erasure,
    ...retentionServices(parts, erasure),
    audit: new ReadAudit(accesses, keyStore, clock),
    accessLog,
    grants,
    profiles,
    grantWatch: new GrantWatch(grants),
    granted: grantedServices({ database, keyStore, cursors, profiles }),
  };
}

function captureServices({
  database,
  keyStore,
  clock,
  logs,
  preparer,
}: ServiceParts): Pick<Services, 'capture' | 'openLineage'> {
  const writer = new EntryWriter(database, clock, logs.publishers.lineage);
  const capture = new CaptureService(writer, keyStore, preparer);
  const binder = new ReadBinder(new RunBindings(database), capture);
  return { capture, openLineage: new OpenLineageService(capture, binder, preparer) };
}

function retentionServices(
  { database, keyStore, clock, rules }: ServiceParts,
  erasure: ErasureService,
): Pick<Services, 'retention' | 'restricted'> {
  const store = new ErasureStore(database);
  const personal = new PersonalService(keyStore);
  return {
    retention: new RetentionService({ store, keyStore, erasure, rules, clock }),
    restricted: new RestrictedValues(store, personal, new StoredEntryReader(database)),
  };
}

function governanceServices(
  { database, clock }: ServiceParts,
  capture: CaptureService,
): Pick<
  Services,
  'contracts' | 'drift' | 'watch' | 'accountability' | 'custody' | 'approvals' | 'retirement'
> {
  const accountability = new AccountabilityService(database);
  return {
    contracts: new ContractService(database),
    drift: new DriftService(database),
    watch: new WatchService(database, clock),
    accountability,
    custody: new CustodyService(database),
    approvals: new ApprovalService(database),
    retirement: new RetirementService({ database, capture, accountability, clock }),
  };
}

function reportServices(
  { database, keyStore, logs }: ServiceParts,
  {
    questions: { trace, impact },
    grants,
    accessLog,
    erasure,
  }: Pick<Services, 'grants' | 'accessLog' | 'erasure'> & {
    readonly questions: Pick<Services, 'trace' | 'impact'>;
  },
): Pick<Services, 'reports' | 'personReports'> {
  const log = logs.readers.lineage;
  const artifacts = new ArtifactReports({ database, impact, log });
  const estate = new EstateService(database, grants);
  const store = new ErasureStore(database);
  return {
    reports: new ReportService({ database, trace, artifacts, estate, log }),
    personReports: new PersonReports({ database, keyStore, accessLog, erasure, store, log }),
  };
}

type Question =
  | 'graphs'
  | 'paths'
  | 'diff'
  | 'exports'
  | 'lineage'
  | 'search'
  | 'attestations'
  | 'dashboard'
  | 'columns'
  | 'personal'
  | 'trace'
  | 'rootCause'
  | 'impact'
  | 'live';

function questionServices(
  { database, keyStore }: ServiceParts,
  cursors: CursorSealer,
): Pick<Services, Question> {
  const keys = new ReaderKeys(keyStore);
  const personal = new PersonalService(keys);
  const graphs = new StoredGraphs(database);
  return {
    graphs,
    paths: new PathsService(graphs),
    diff: new DiffService(graphs, cursors),
    exports: new ExportService(graphs, database),
    lineage: new LineageService(graphs, cursors),
    search: new SearchService(database, cursors),
    attestations: new AttestationService(database, cursors),
    dashboard: new DashboardService(database),
    columns: new ColumnService(database, cursors),
    personal,
    trace: new TraceService(graphs, personal),
    rootCause: new RootCauseService(database, keys),
    impact: new ImpactService(graphs, new StoredDecisions(database, keys), cursors),
    live: new LiveService(new LogFollower(database)),
  };
}

function createErasure(
  { database, keyStore, clock, rules }: ServiceParts,
  capture: CaptureService,
  refusing: () => PedigreeError | undefined,
): ErasureService {
  const store = new ErasureStore(database);
  const certificates = new Certificates(store, new RemainsReader(database));
  return new ErasureService({ store, keyStore, capture, refusing, certificates, clock, rules });
}
