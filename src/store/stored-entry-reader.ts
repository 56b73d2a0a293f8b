/** Entries as the graph keeps them, and the places of entries in the log. */
import { LINEAGE_LOG, type LogName } from './as-of.js';
import type { StatementRunner } from './database.js';
import { entryListNames, entryReadArtifacts, entryReadAttestations } from './queries.gen.js';
import type { StoredEntry } from './stored-entry.js';

export interface LabelledEntry extends StoredEntry {
  readonly labels: readonly string[];
}

export class StoredEntryReader {
  constructor(private readonly runner: StatementRunner) {}

  /** Artifacts or attestations by id, each with the edges that its entry states; those that exist. */
  async entries(ids: readonly string[]): Promise<ReadonlyMap<string, LabelledEntry>> {
    const attestations = ids.filter((id) => id.startsWith('attestation:'));
    const artifacts = ids.filter((id) => !id.startsWith('attestation:'));
    const rows = await Promise.all([
      artifacts.length === 0 ? [] : this.runner.run(entryReadArtifacts, { ids: artifacts }),
      attestations.length === 0 ? [] : this.runner.run(entryReadAttestations, { ids: attestations }),
    ]);
    return new Map(rows.flat().map((row) => [row.id, row]));
  }

  /** The ids of the entries at some leaf indexes, as the bundles name them. Anything but an index names nothing. */
  async namesAt(
    leaves: readonly unknown[],
    log: LogName = LINEAGE_LOG,
  ): Promise<ReadonlyMap<number, string>> {
    const asked = [...new Set(leaves.filter((leaf): leaf is number => Number.isSafeInteger(leaf)))];
    if (asked.length === 0) return new Map();
    const rows = await this.runner.run(entryListNames, { log, leaves: asked });
    return new Map(rows.flatMap(({ leaf, id }) => (id === null ? [] : [[leaf, id] as const])));
  }
}
