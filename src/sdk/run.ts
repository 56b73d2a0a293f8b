/** What a tracked function may say about itself while it runs. */
import type { Readable, Writable } from 'node:stream';

import type { ArtifactDeclaration, DatasetFields } from '../domain/declaration.js';
import type { RowLineageArgs } from './builders.js';
import type { Ref } from './links.js';

type Dataset = ArtifactDeclaration<'Dataset'>;

/** A file of a run and the data set that it is. */
interface TrackedFile {
  /** Resolves when the digest is known: once the stream has come to its end, or was closed; the end of the run closes it. */
  readonly dataset: Promise<Dataset>;
}

export interface InputFile extends TrackedFile {
  readonly stream: Readable;
}

/** Usable as a reference at once: an output's id does not depend on its content. */
export interface OutputFile extends TrackedFile {
  readonly id: string;
  readonly stream: Writable;
}

/** A data set, or a file of this run whose id is known only when it has been read. */
export type LateRef = Ref | InputFile;

export interface ReadOptions {
  /** The columns that were read; all if left out. */
  readonly columns?: readonly string[];
  /** The digest of the data set's entry, where it is known: 64 hex digits. */
  readonly toDigest?: string;
}

interface DatasetIdentity extends DatasetFields {
  /** The tracker's, if left out. */
  readonly namespace?: string;
  /** Milliseconds since the epoch or an ISO 8601 time with zone. */
  readonly occurredAt?: number | string;
}

export interface InputFileArgs extends DatasetIdentity, ReadOptions {
  /** The file's name, if left out. */
  readonly name?: string;
  /** The first half of the content's digest, if left out: the same content is then the same version. */
  readonly version?: string;
}

export interface OutputArgs extends DatasetIdentity {
  readonly name: string;
  /** The run's id, if left out: each run makes a version of its own. */
  readonly version?: string;
  /** How rows come from the rows of each input. */
  readonly rows?: readonly RowLineageArgs[];
}

export interface OutputFileArgs extends Omit<OutputArgs, 'name' | 'rows'> {
  /** The file's name, if left out. */
  readonly name?: string;
  /** How rows come from the rows of each input; an input that is still being read will do. */
  readonly rows?: readonly (Omit<RowLineageArgs, 'from'> & { readonly from: LateRef })[];
}

/** One run of a tracked function. It is a reference to its own Transform: `trainedBy: run`. */
export interface Run {
  readonly id: string;

  /** Notes that the run read a data set; one that is given as a declaration is declared too. */
  reads(input: Ref, options?: ReadOptions): void;

  /** Notes a feature definition that the run computed; one that is given as a declaration is declared too. */
  applies(definition: Ref): void;

  /** Declares a data set that the run wrote, and returns its declaration. */
  writes(output: OutputArgs): Dataset;

  /** Digests a file, then declares it as a data set that the run reads. */
  readsFile(path: string, args?: InputFileArgs): Promise<Dataset>;

  /** Opens a file for reading; it is digested on the way and declared as a data set that the run read. */
  readStream(path: string, args?: InputFileArgs): InputFile;

  /**
   * Opens a file for writing; it is digested on the way, and declared as an output when it was written to its end.
   * One that was not is named in the run's last word, as `extra.unfinishedOutputs`.
   */
  writeStream(path: string, args?: OutputFileArgs): OutputFile;
}
