/** Attestations in the order of the log, newest first. */
import type { StatementRunner } from './database.js';
import type { Bounded } from './lineage-reader.js';
import {
  attestationListAbout,
  attestationListNewest,
  attestationListNewestAbout,
  attestationListNewestFindings,
  attestationListNewestOfTypes,
} from './queries.gen.js';
import type { StoredProps } from './stored-values.js';

export interface AttestationFilter {
  /** Only what is attested about this artifact. */
  readonly of: string | null;
  readonly types: readonly string[] | null;
  /** Only what speaks against what it is about: failed checks, drift, incidents. */
  readonly findings: boolean;
}

export class AttestationReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Attestations before a leaf index, newest first, at most `first`. */
  async page(
    { of, types, findings }: AttestationFilter,
    before: number,
    first: number,
  ): Promise<StoredProps[]> {
    const page = { before, first };
    const rows = await (of !== null
      ? this.runner.run(attestationListNewestAbout, { of, types, findings, ...page })
      : findings
        ? this.runner.run(attestationListNewestFindings, { types, ...page })
        : types !== null
          ? this.runner.run(attestationListNewestOfTypes, { types, ...page })
          : this.runner.run(attestationListNewest, page));
    return rows.map(({ attestation }) => attestation);
  }

  /** For each attestation the artifacts that it is about, in the order in which they were first heard of, at most `first`. */
  async about(ids: readonly string[], first: number): Promise<ReadonlyMap<string, Bounded<string>>> {
    const rows = await this.runner.run(attestationListAbout, { ids, first });
    return new Map(rows.map(({ id, total, about }) => [id, { total, items: about }]));
  }
}
