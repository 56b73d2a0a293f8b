/** What reports about one artifact are made from. */
import { PedigreeError, required } from '../../domain/errors.js';
import { loadAncestry, type Ancestry } from '../../lineage/ancestry.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import type { ImpactService } from '../../lineage/impact-service.js';
import type { Looked } from '../../lineage/row-keys.js';
import type { Database } from '../../store/database.js';
import { LineageReader } from '../../store/lineage-reader.js';
import type { LogReader } from '../../store/log-reader.js';
import { changeImpact } from './change-impact.js';
import { eventLog, type LoggedRange } from './event-log.js';
import { featureRationale } from './rationale.js';
import type { ReportBody } from './report.js';
import { technicalFile } from './technical-file.js';
import { trainTestOverlap } from './train-test-overlap.js';

interface ArtifactParts {
  readonly database: Database;
  readonly impact: ImpactService;
  readonly log: Pick<LogReader, 'head' | 'consistency'>;
}

export interface ChangeQuestion {
  readonly of: string;
  readonly since: AsOfInput | null | undefined;
  readonly asOf: number;
  readonly looked: Looked | undefined;
}

export interface EventQuestion {
  readonly of: string;
  readonly asOf: number;
  /** Milliseconds since the epoch; `to` is excluded. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly reader: { readonly name: string };
}

/** Most data sets that a model's training is compared by. */
const MAX_SETS = 20;
/** Most decisions that an event log lists. */
const MAX_DECISIONS = 1_000;

export class ArtifactReports {
  constructor(private readonly parts: ArtifactParts) {}

  async technicalFile(of: string, asOf: number): Promise<ReportBody> {
    return technicalFile(await this.ancestry(of, asOf));
  }

  async rationale(of: string, asOf: number): Promise<ReportBody> {
    return featureRationale(await this.ancestry(of, asOf));
  }

  async change({ of, since, asOf, looked }: ChangeQuestion): Promise<ReportBody> {
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
    const after = await later.decisions();
    const ids = after.byModel.map(({ model }) => model);
    const models = await this.parts.database.read((runner) => new LineageReader(runner).nodes(ids, asOf));
    return changeImpact({ since: from, ancestry, before: earlier, after, models });
  }

  async overlap(of: string, asOf: number): Promise<ReportBody> {
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
    return trainTestOverlap({ model: model.root, trained, evaluated });
  }

  /** The model's own decisions, not those of models tuned from it, nor those that used their output. */
  async eventLog({ of, asOf, from, to, reader }: EventQuestion): Promise<ReportBody> {
    if (from !== undefined && to !== undefined && from >= to)
      throw new PedigreeError('BAD_INPUT', required('"from" must be earlier than "to"', { from, to }));
    const { database, impact } = this.parts;
    const ancestry = await this.ancestry(of, asOf);
    const question = { of, asOf: { treeSize: asOf }, from, to };
    const counted = await (await impact.impact(question, undefined)).decisions();
    const page = { ...question, models: [of], order: 'OLDEST_FIRST', first: MAX_DECISIONS } as const;
    const { items } = await impact.decisions(page, reader.name, undefined);
    const ids = items.map(({ id }) => id);
    const nodes = await database.read((runner) => new LineageReader(runner).nodes(ids, asOf));
    return eventLog({
      ancestry,
      window: { from, to },
      range: await this.range(asOf, from, to),
      decisions: ids.flatMap((id) => {
        const props = nodes.get(id);
        return props ? [props] : [];
      }),
      total: counted.byModel.find(({ model }) => model === of)?.count ?? 0,
    });
  }

  /** The entries that were recorded in a window, as far as they are known as of a point. */
  private async range(asOf: number, from: number | undefined, to: number | undefined): Promise<LoggedRange> {
    const { database, log } = this.parts;
    const sizeBefore = (at: number): Promise<number> =>
      database.read(async (runner) => Math.min(await new LineageReader(runner).sizeAt(at - 1), asOf));
    const begin = from === undefined ? 0 : await sizeBefore(from);
    const end = to === undefined ? asOf : await sizeBefore(to);
    const signed = Math.min(end, (await log.head()).size);
    return {
      begin,
      end,
      unsigned: end - signed,
      proof: begin > 0 && begin < signed ? await log.consistency(begin, signed) : undefined,
    };
  }

  private ancestry(of: string, asOf: number): Promise<Ancestry> {
    return this.parts.database.read((runner) => loadAncestry(new LineageReader(runner), of, asOf));
  }
}

/** An artifact that was not known at the earlier point had no decisions. */
function nothingYet(error: unknown): { total: number; precision: 'EXACT'; byMode: []; byModel: [] } {
  if (error instanceof PedigreeError && error.code === 'NOT_FOUND') {
    return { total: 0, precision: 'EXACT', byMode: [], byModel: [] };
  }
  throw error;
}
