/** `report`: one question of a law, answered from the graph as of one point, through the services that answer everybody. */
import { PedigreeError, required } from '../../domain/errors.js';
import type { ArtifactKind } from '../../domain/kinds.js';
import { parseUrn } from '../../domain/urn.js';
import { loadAncestry, type Ancestry } from '../../lineage/ancestry.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import type { ImpactService } from '../../lineage/impact-service.js';
import { notFound } from '../../lineage/lineage-service.js';
import type { Looked } from '../../lineage/row-keys.js';
import type { TraceService } from '../../lineage/trace-service.js';
import type { Database } from '../../store/database.js';
import { LineageReader } from '../../store/lineage-reader.js';
import type { LogReader } from '../../store/log-reader.js';
import { kidsOfPaths, type StoredProps } from '../../store/stored-values.js';
import { changeImpact } from './change-impact.js';
import { decisionForAuthority, decisionForSubject } from './decision-explanation.js';
import type { Report, ReportBody, ReportKind } from './report.js';
import { technicalFile } from './technical-file.js';
import { trainTestOverlap } from './train-test-overlap.js';

export interface ReportArgs {
  readonly kind: ReportKind;
  readonly of: string;
  readonly asOf?: AsOfInput | null | undefined;
  /** The earlier point of a change. */
  readonly since?: AsOfInput | null | undefined;
  /** Told which personal values are in the report; without it none is read. */
  readonly looked: Looked | undefined;
}

interface ReportParts {
  readonly database: Database;
  readonly trace: TraceService;
  readonly impact: ImpactService;
  readonly log: Pick<LogReader, 'head'>;
}

const ABOUT: Readonly<Record<ReportKind, ArtifactKind | undefined>> = {
  TECHNICAL_FILE: 'Model',
  DECISION_FOR_SUBJECT: 'Prediction',
  DECISION_FOR_AUTHORITY: 'Prediction',
  CHANGE_IMPACT: undefined,
  TRAIN_TEST_OVERLAP: 'Model',
};

/** Most data sets that a model's training is compared by. */
const MAX_SETS = 20;

export class ReportService {
  constructor(private readonly parts: ReportParts) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `BAD_INPUT`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async report(args: ReportArgs): Promise<Report> {
    checkKind(args);
    const { kind, of } = args;
    const asOf = await resolveAsOf(args.asOf, this.parts.database);
    const { origin, size: treeSize, root } = await this.parts.log.head();
    return { kind, of, asOf, checkpoint: { origin, treeSize, root }, ...(await this.body(args, asOf)) };
  }

  private async body(args: ReportArgs, asOf: number): Promise<ReportBody> {
    switch (args.kind) {
      case 'TECHNICAL_FILE':
        return technicalFile(await this.ancestry(args.of, asOf));
      case 'CHANGE_IMPACT':
        return this.change(args, asOf);
      case 'TRAIN_TEST_OVERLAP':
        return this.overlap(args.of, asOf);
      case 'DECISION_FOR_SUBJECT':
      case 'DECISION_FOR_AUTHORITY':
        return this.decision(args, asOf);
    }
  }

  private async decision({ kind, of, looked }: ReportArgs, asOf: number): Promise<ReportBody> {
    const question = { prediction: of, asOf: { treeSize: asOf } };
    const trace = await this.parts.trace.trace(question, looked !== undefined);
    const open = new Set(trace.personal.filter(({ read }) => 'value' in read).map(({ path }) => path));
    looked?.(of, open.size, kidsOfPaths(trace.prediction, open));
    return kind === 'DECISION_FOR_SUBJECT' ? decisionForSubject(trace) : decisionForAuthority(trace);
  }

  private async change({ of, since, looked }: ReportArgs, asOf: number): Promise<ReportBody> {
    if (since == null)
      throw new PedigreeError('BAD_INPUT', 'a CHANGE_IMPACT report needs "since", its earlier point');
    const from = await resolveAsOf(since, this.parts.database);
    if (from > asOf) {
      throw new PedigreeError(
        'BAD_INPUT',
        required('"since" must not be after "asOf"', { since: from, asOf }),
      );
    }
    const ancestry = await this.ancestry(of, asOf);
    const later = await this.parts.impact.impact({ of, asOf: { treeSize: asOf } }, looked);
    const earlier = await this.parts.impact
      .impact({ of, asOf: { treeSize: from } }, looked)
      .then((impact) => impact.decisions())
      .catch(nothingYet);
    return changeImpact({ since: from, ancestry, before: earlier, after: await later.decisions() });
  }

  private async overlap(of: string, asOf: number): Promise<ReportBody> {
    const model = await this.ancestry(of, asOf);
    const sets = (type: 'TRAINED_ON' | 'EVALUATED_ON'): Promise<Ancestry[]> => {
      const ids = [...new Set(model.edgesOf(of, type).map(({ to }) => to))];
      if (ids.length > MAX_SETS) {
        throw new PedigreeError(
          'BAD_INPUT',
          required(
            `the report compares models with at most ${String(MAX_SETS)} data sets of ${type}`,
            ids.length,
          ),
        );
      }
      return Promise.all(ids.map((id) => this.ancestry(id, asOf)));
    };
    const [trained, evaluated] = [await sets('TRAINED_ON'), await sets('EVALUATED_ON')];
    return trainTestOverlap({ model: model.nodes.get(of) as StoredProps, trained, evaluated });
  }

  private ancestry(of: string, asOf: number): Promise<Ancestry> {
    return this.parts.database.read(async (runner) => {
      const ancestry = await loadAncestry(new LineageReader(runner), of, asOf);
      if (!ancestry.nodes.has(of)) throw notFound(of);
      return ancestry;
    });
  }
}

function checkKind({ kind, of }: ReportArgs): void {
  const wanted = ABOUT[kind];
  const found = parseUrn(of).kind;
  if (found === 'Attestation' || (wanted !== undefined && found !== wanted)) {
    throw new PedigreeError(
      'URN_KIND_MISMATCH',
      required(`a ${kind} report is about ${wanted === undefined ? 'an artifact' : `a ${wanted}`}`, of),
    );
  }
}

/** An artifact that was not known at the earlier point had no decisions. */
function nothingYet(error: unknown): { total: number; precision: 'EXACT'; byMode: []; byModel: [] } {
  if (error instanceof PedigreeError && error.code === 'NOT_FOUND') {
    return { total: 0, precision: 'EXACT', byMode: [], byModel: [] };
  }
  throw error;
}
