/** `report`: one question of a law, answered from the graph as of one point, through the services that answer everybody. */
import type { Scope } from '../../access/scopes.js';
import { PedigreeError, required } from '../../domain/errors.js';
import { ARTIFACT_KINDS, type ArtifactKind } from '../../domain/kinds.js';
import { parseUrn } from '../../domain/urn.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import type { Looked } from '../../lineage/row-keys.js';
import type { TraceService } from '../../lineage/trace-service.js';
import type { Database } from '../../store/database.js';
import type { SignedHead } from '../../store/keys/head-store.js';
import type { LogReader } from '../../store/log-reader.js';
import { kidsOfPaths } from '../../store/stored-values.js';
import { adverseAction, type AdverseDirection } from './adverse-action.js';
import type { ArtifactReports } from './artifact-reports.js';
import { decisionForAuthority, decisionForSubject } from './decision-explanation.js';
import type { EstateService } from './estate-service.js';
import { decisionRationale } from './rationale.js';
import type { Report, ReportBody, ReportKind } from './report.js';

export interface ReportArgs {
  readonly kind: ReportKind;
  /** An artifact; for a report about many models a namespace, or nothing for all of them. */
  readonly of?: string | null | undefined;
  readonly asOf?: AsOfInput | null | undefined;
  /** The earlier point of a change. */
  readonly since?: AsOfInput | null | undefined;
  /** The window of an event log, in milliseconds since the epoch; `to` is excluded. */
  readonly from?: number | null | undefined;
  readonly to?: number | null | undefined;
  /** The reasons that a person was told, and which way counts against the person. */
  readonly reasons?: readonly string[] | null | undefined;
  readonly adverse?: AdverseDirection | null | undefined;
  readonly reader: { readonly name: string; readonly scopes: ReadonlySet<Scope> };
  /** Told which personal values are in the report; without it none is read. */
  readonly looked: Looked | undefined;
}

interface ReportParts {
  readonly database: Database;
  readonly trace: TraceService;
  readonly artifacts: ArtifactReports;
  readonly estate: EstateService;
  readonly log: Pick<LogReader, 'head'>;
}

/** What each kind is about; kinds that are asked for elsewhere say where. */
const ABOUT: Readonly<
  Record<ReportKind, { readonly kinds: readonly ArtifactKind[] } | 'estate' | { readonly askedBy: string }>
> = {
  TECHNICAL_FILE: { kinds: ['Model'] },
  DECISION_FOR_SUBJECT: { kinds: ['Prediction'] },
  DECISION_FOR_AUTHORITY: { kinds: ['Prediction'] },
  CHANGE_IMPACT: { kinds: ARTIFACT_KINDS },
  TRAIN_TEST_OVERLAP: { kinds: ['Model'] },
  EVENT_LOG: { kinds: ['Model'] },
  ADVERSE_ACTION: { kinds: ['Prediction'] },
  RATIONALE: { kinds: ['FeatureDef', 'Prediction'] },
  MODEL_INVENTORY: 'estate',
  PROCESSING_REGISTER: 'estate',
  SUBJECT_ACCESS: { askedBy: 'subjectReport' },
  ERASURE_CERTIFICATE: { askedBy: 'erasureReport' },
};

export class ReportService {
  constructor(private readonly parts: ReportParts) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `BAD_INPUT`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async report(args: ReportArgs): Promise<Report> {
    checkKind(args);
    checkArgs(args);
    const asOf = await resolveAsOf(args.asOf, this.parts.database);
    const head = await this.parts.log.head();
    const body = await this.body(args, asOf, head);
    return toReport({ kind: args.kind, of: args.of ?? head.origin, asOf }, head, body);
  }

  private async body(args: ReportArgs, asOf: number, head: SignedHead): Promise<ReportBody> {
    const { artifacts, estate } = this.parts;
    const { kind, reader, looked } = args;
    const of = args.of ?? '';
    switch (kind) {
      case 'TECHNICAL_FILE':
        return artifacts.technicalFile(of, asOf);
      case 'CHANGE_IMPACT':
        return artifacts.change({ of, since: args.since, asOf, looked });
      case 'TRAIN_TEST_OVERLAP':
        return artifacts.overlap(of, asOf);
      case 'RATIONALE':
        return parseUrn(of).kind === 'Prediction'
          ? this.decision(args, of, asOf)
          : artifacts.rationale(of, asOf);
      case 'EVENT_LOG':
        return artifacts.eventLog({
          of,
          asOf,
          from: args.from ?? undefined,
          to: args.to ?? undefined,
          reader,
        });
      case 'DECISION_FOR_SUBJECT':
      case 'DECISION_FOR_AUTHORITY':
      case 'ADVERSE_ACTION':
        return this.decision(args, of, asOf);
      case 'MODEL_INVENTORY':
      case 'PROCESSING_REGISTER':
        return estate.body({ kind, namespace: args.of ?? undefined, asOf, origin: head.origin, reader });
      case 'SUBJECT_ACCESS':
      case 'ERASURE_CERTIFICATE':
        throw new TypeError(`${kind} was refused before`);
    }
  }

  private async decision(
    { kind, looked, reasons, adverse }: ReportArgs,
    of: string,
    asOf: number,
  ): Promise<ReportBody> {
    const trace = await this.parts.trace.trace(
      { prediction: of, asOf: { treeSize: asOf } },
      looked !== undefined,
    );
    const open = new Set(trace.personal.filter(({ read }) => 'value' in read).map(({ path }) => path));
    looked?.(of, open.size, kidsOfPaths(trace.prediction, open));
    if (kind === 'DECISION_FOR_SUBJECT') return decisionForSubject(trace);
    if (kind === 'DECISION_FOR_AUTHORITY') return decisionForAuthority(trace);
    if (kind === 'RATIONALE') return decisionRationale(trace);
    return adverseAction(trace, { reasons: reasons ?? undefined, adverse: adverse ?? undefined });
  }
}

export function toReport(
  about: Pick<Report, 'kind' | 'of' | 'asOf'>,
  { origin, size: treeSize, root }: SignedHead,
  body: ReportBody,
): Report {
  return { ...about, checkpoint: { origin, treeSize, root }, ...body };
}

function checkKind({ kind, of }: ReportArgs): void {
  const wanted = ABOUT[kind];
  const report = `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} report`;
  if (wanted === 'estate') return;
  if ('askedBy' in wanted)
    throw new PedigreeError('BAD_INPUT', `${report} is asked for by the field ${wanted.askedBy}`);
  const { kinds } = wanted;
  const about = kinds === ARTIFACT_KINDS ? 'an artifact' : `a ${kinds.join(' or a ')}`;
  if (of == null) throw new PedigreeError('BAD_INPUT', `${report} needs "of": it is about ${about}`);
  const found = parseUrn(of).kind;
  if (found === 'Attestation' || !kinds.includes(found))
    throw new PedigreeError('URN_KIND_MISMATCH', required(`${report} is about ${about}`, of));
}

/** Arguments that a kind takes no notice of would promise what the report does not hold. */
function checkArgs({ kind, since, from, to, reasons, adverse }: ReportArgs): void {
  const takes = (name: string, value: unknown, only: ReportKind): void => {
    if (value == null || kind === only) return;
    throw new PedigreeError('BAD_INPUT', `"${name}" is for ${only} reports only; this one is ${kind}`);
  };
  takes('since', since, 'CHANGE_IMPACT');
  takes('from', from, 'EVENT_LOG');
  takes('to', to, 'EVENT_LOG');
  takes('reasons', reasons, 'ADVERSE_ACTION');
  takes('adverse', adverse, 'ADVERSE_ACTION');
}
