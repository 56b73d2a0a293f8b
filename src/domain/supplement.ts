/** What a `SUPPLEMENTS` attestation adds to a run and to its data sets: the payload that an OpenLineage event becomes. */
import type { CodeVersion } from './declaration.js';
import type { JsonObject } from './json.js';

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
}

export interface SupplementedColumn {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
}

/** What an event says about one of its data sets. */
export interface SupplementedDataset {
  readonly id: string;
  readonly role: 'INPUT' | 'OUTPUT';
  readonly schema?: readonly SupplementedColumn[];
  readonly location?: string;
  readonly source?: string;
  readonly description?: string;
  readonly owners?: SupplementFields['owners'];
  readonly tags?: SupplementFields['tags'];
  readonly symlinks?: readonly Named[];
  readonly storage?: { readonly layer?: string; readonly format?: string };
  /** What happened to it: `CREATE`, `ALTER`, `DROP`, … */
  readonly lifecycle?: string;
  /** Its name before it was renamed. */
  readonly previous?: Named;
  /** Facets that the event deletes. */
  readonly deleted?: readonly string[];
}

/** The payload of a `SUPPLEMENTS` attestation: one event of a run, or what somebody adds to it by hand. */
export interface SupplementFields {
  readonly state?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly error?: string;
  readonly code?: CodeVersion;
  readonly parameters?: JsonObject;
  readonly environment?: JsonObject;
  readonly nominalTime?: { readonly start?: string; readonly end?: string };
  /** Ids of the run that started this one, and of the first in that chain. */
  readonly parent?: string;
  readonly root?: string;
  readonly description?: string;
  readonly query?: string;
  readonly owners?: readonly { readonly name: string; readonly type?: string }[];
  readonly tags?: readonly {
    readonly key: string;
    readonly value?: string;
    readonly source?: string;
    readonly field?: string;
  }[];
  readonly job?: JsonObject;
  readonly datasets?: readonly SupplementedDataset[];
  readonly deleted?: readonly string[];
}
