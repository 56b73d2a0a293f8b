/** All models together: which there are, what they depend on, and how many decisions each has made. */
import type { ArtifactKind, PredictionMode } from '../domain/kinds.js';
import type { StatementRunner } from './database.js';
import { ImpactReader } from './impact-reader.js';
import { accountabilityListDependencies, accountabilityListModels } from './queries.gen.js';

/** A name that models depend on, whatever the version. */
export interface Dependency {
  readonly kind: ArtifactKind;
  readonly namespace: string;
  readonly name: string;
  /** Id of the newest version that one of the models depends on. */
  readonly newest: string;
  /** How many versions they depend on. */
  readonly versions: number;
  /** Ids of the models that depend on it. */
  readonly models: readonly string[];
}

export class EstateReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Ids of models, declared or only named, of one namespace or of all: by name, then oldest first, at most `first`. */
  async models(namespace: string | undefined, first: number): Promise<string[]> {
    const rows = await this.runner.run(accountabilityListModels, { namespace: namespace ?? null, first });
    return rows.map(({ id }) => id);
  }

  /** What models depend on at any distance, most models first, at most `first`. Error: `TIMEOUT`. */
  async dependencies(models: readonly string[], asOf: number, first: number): Promise<Dependency[]> {
    if (models.length === 0) return [];
    const rows = await this.runner.run(accountabilityListDependencies, { models, asOf, first });
    return rows.map((row) => ({ ...row, kind: row.kind as ArtifactKind }));
  }

  /** How many decisions each model made in these modes; one without any is left out. */
  async decisions(
    models: readonly string[],
    asOf: number,
    modes: readonly PredictionMode[],
  ): Promise<ReadonlyMap<string, number>> {
    const reader = new ImpactReader(this.runner, asOf);
    const groups = (await reader.groupsOf(models)).filter(
      ({ mode, throughModel }) => throughModel && modes.includes(mode),
    );
    const sizes = await reader.counts(groups.map(({ number }) => number));
    const sums = new Map<string, number>();
    for (const { model, number } of groups) {
      sums.set(model, (sums.get(model) ?? 0) + (sizes.get(number) ?? 0));
    }
    return sums;
  }
}
