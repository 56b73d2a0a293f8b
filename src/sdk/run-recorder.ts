/**
 * Records one run: everything is declared as soon as it is known, the run's edges with its last word. So a run that was
 * killed is visible as one that began and never ended.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

import type { ArtifactDeclaration, Declaration } from '../domain/declaration.js';
import type { JsonObject } from '../domain/json.js';
import { formatUrn } from '../domain/urn.js';
import { attest } from './attest.js';
import { dataset } from './builders.js';
import { contentDigestOf } from './content-digest.js';
import { digestingReader, digestingWriter } from './digesting-stream.js';
import { DeclarationRefused } from './errors.js';
import type { Ref } from './links.js';
import { RunEdges } from './run-edges.js';
import type {
  InputFile,
  InputFileArgs,
  LateRef,
  OutputArgs,
  OutputFile,
  OutputFileArgs,
  ReadOptions,
  Run,
} from './run.js';

type Dataset = ArtifactDeclaration<'Dataset'>;

/** What a recorder needs of the client; resolves when the declaration is durable. */
export interface Declarer {
  declare(declaration: Declaration): Promise<unknown>;
}

/** How a run ended. */
export type RunEnd = { readonly state: 'COMPLETED' } | { readonly state: 'FAILED'; readonly error: string };

export class RunRecorder implements Run {
  readonly id: string;
  private readonly edges = new RunEdges();
  private readonly inputs: InputFile[] = [];
  private readonly outputs: OutputFile[] = [];
  /** Everything on its way; each resolves, with what went wrong if anything did. */
  private readonly pending: Promise<unknown>[] = [];

  constructor(
    private readonly client: Declarer,
    private readonly transform: ArtifactDeclaration<'Transform'>,
    private readonly identity: { readonly namespace: string; readonly runId: string },
    private readonly now: () => number,
  ) {
    this.id = transform.id;
  }

  /** Declares the run, and that it has begun at `startedAt`, in milliseconds since the epoch. */
  begin(startedAt: number): void {
    this.declare(this.transform);
    this.say(startedAt, { state: 'STARTED', startedAt });
  }

  /** Says how the run ended and with which edges; resolves with everything that could not be declared. */
  async end(startedAt: number, end: RunEnd): Promise<unknown[]> {
    const endedAt = this.now();
    const unfinished = this.closeFiles();
    await Promise.all([...this.inputs, ...this.outputs].map(({ dataset }) => dataset.catch(() => undefined)));
    const extra = unfinished.length === 0 ? {} : { extra: { unfinishedOutputs: unfinished } };
    this.say(endedAt, { ...end, startedAt, endedAt, ...extra });
    const outcomes = await Promise.all(this.pending);
    return outcomes.filter((error) => error !== undefined);
  }

  reads(input: Ref, options: ReadOptions = {}): void {
    this.declareIfNew(input);
    this.edges.read(input, options);
  }

  applies(definition: Ref): void {
    this.declareIfNew(definition);
    this.edges.apply(definition);
  }

  writes({ rows, ...args }: OutputArgs): Dataset {
    const output = dataset({
      ...this.outputIdentity(args),
      occurredAt: this.now(),
      ...args,
      producedBy: { to: this.id, ...(rows === undefined ? {} : { rows }) },
    });
    this.declare(output);
    return output;
  }

  async readsFile(path: string, args: InputFileArgs = {}): Promise<Dataset> {
    return this.declareInput(path, args, await contentDigestOf(path));
  }

  readStream(path: string, args: InputFileArgs = {}): InputFile {
    const { stream, digest } = digestingReader(path);
    const input = { stream, dataset: digest.then((known) => this.declareInput(path, args, known)) };
    this.inputs.push(input);
    this.watch(input.dataset);
    return input;
  }

  writeStream(path: string, args: OutputFileArgs = {}): OutputFile {
    const { rows, ...rest } = { name: basename(path), ...args };
    const { stream, digest } = digestingWriter(path);
    const id = formatUrn({ kind: 'Dataset', ...this.outputIdentity(rest), name: rest.name });
    const declared = digest.then(async (contentDigest) => {
      const known =
        rows && (await Promise.all(rows.map(async (row) => ({ ...row, from: await settled(row.from) }))));
      return this.writes({ ...rest, contentDigest, ...(known === undefined ? {} : { rows: known }) });
    });
    const output = { id, stream, dataset: declared };
    // A failure to write is the function's own affair, and is said by `unfinishedOutputs`.
    declared.catch(() => undefined);
    this.outputs.push(output);
    return output;
  }

  private outputIdentity(args: { readonly namespace?: string; readonly version?: string }): {
    namespace: string;
    version: string;
  } {
    return {
      namespace: args.namespace ?? this.identity.namespace,
      version: args.version ?? this.identity.runId,
    };
  }

  private async declareInput(path: string, args: InputFileArgs, contentDigest: string): Promise<Dataset> {
    const { columns, toDigest, ...fields } = args;
    const input = dataset({
      namespace: this.identity.namespace,
      name: basename(path),
      version: contentDigest.slice('sha256:'.length, 'sha256:'.length + 32),
      occurredAt: Math.trunc((await stat(path)).mtimeMs),
      ...fields,
      contentDigest,
    });
    // Named by its content, it may have been declared before, with another time or description: the first one stands.
    this.declare(input, { firstStands: args.version === undefined });
    this.edges.read(input, {
      ...(columns === undefined ? {} : { columns }),
      ...(toDigest === undefined ? {} : { toDigest }),
    });
    return input;
  }

  /** Closes what was left open; returns the ids of the outputs that were not written to their end. */
  private closeFiles(): string[] {
    for (const { stream } of this.inputs) if (!stream.readableEnded) stream.destroy();
    const unfinished = this.outputs.filter(({ stream }) =>
      stream.destroyed ? !stream.writableFinished : !stream.writableEnded,
    );
    for (const { stream } of unfinished) stream.destroy();
    return unfinished.map(({ id }) => id);
  }

  private declareIfNew(ref: Ref): void {
    if (typeof ref !== 'string' && 'kind' in ref && 'occurredAt' in ref) this.declare(ref as Declaration);
  }

  private say(occurredAt: number, fields: JsonObject): void {
    const edges = fields.state === 'STARTED' ? [] : this.edges.list(this.id);
    this.declare(attest({ type: 'SUPPLEMENTS', about: this.id, occurredAt, fields, edges }));
  }

  private declare(declaration: Declaration, { firstStands = false } = {}): void {
    const declared = this.client.declare(declaration);
    this.watch(
      declared.catch((error: unknown) => {
        if (!(firstStands && error instanceof DeclarationRefused && error.code === 'IMMUTABLE_CONFLICT'))
          throw error;
      }),
    );
  }

  private watch(work: Promise<unknown>): void {
    this.pending.push(
      work.then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
  }
}

async function settled(ref: LateRef): Promise<Ref> {
  return typeof ref !== 'string' && 'dataset' in ref ? ref.dataset : ref;
}
