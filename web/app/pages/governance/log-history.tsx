/**
 * Earlier trees of a log, each with the proof that today's tree begins with it, checked in the page. The server signs and
 * keeps the newest head alone: whether an earlier root is what it once signed, only somebody who kept it can say.
 */
import { useQueries } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { verifyGrowth } from '../../../../src/verify/index.js';
import { ask } from '../../api/ask.js';
import {
  GrowthDocument,
  type GrowthQuery,
  type HeadFragment,
  type LogName,
} from '../../graphql/operations.gen.js';
import { countOf, showCount } from '../../parts/number.js';
import { Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { earlierSizes } from './earlier-sizes.js';

const WORDS = { LINEAGE: 'what was declared', ACCESS: 'who read what' } as const;

interface LogHistoryProps {
  readonly log: LogName;
  readonly head: HeadFragment;
}

export function LogHistory({ log, head }: LogHistoryProps): ReactNode {
  const [search] = useSearchParams();
  const name = log.toLowerCase();
  const size = Number(head.treeSize);
  const given = search.get(`${name}Size`);
  const kept = Number(given ?? '0');
  const isKept = Number.isInteger(kept) && kept >= 1 && kept <= size;
  const { sizes, data, error } = useProofs(log, size, isKept ? kept : undefined);
  const root = search.get(`${name}Root`);
  return (
    <section className="card" aria-label={`History of ${WORDS[log]}`}>
      <h2>Its earlier trees</h2>
      <p className="fine">
        The server keeps the newest signed head alone. The roots below are made again from the entries, and
        this page itself checks that the tree of today begins with each of them. Compare a root with a note
        that you kept: only that says that the log is the one of then.
      </p>
      <KeptForm name={name} size={size} />
      {given !== null && !isKept ? (
        <p className="notice" role="alert">
          The size that you kept must be a whole number from 1 to {showCount(size)}, but got: {given}.
          {kept > size ? ' The log was larger when you looked: entries are gone.' : ''}
        </p>
      ) : null}
      {error ? <Failure error={error} /> : null}
      {data.length < sizes.length && !error ? <Loading what="the proofs" /> : null}
      {data.length === sizes.length && sizes.length > 0 ? (
        <Proofs
          label={`Earlier trees of ${WORDS[log]}`}
          proofs={data}
          head={head}
          kept={isKept ? { size: kept, root } : undefined}
        />
      ) : null}
    </section>
  );
}

interface AskedProofs {
  readonly sizes: readonly number[];
  readonly data: readonly Proof[];
  readonly error: Error | null;
}

function useProofs(log: LogName, size: number, kept: number | undefined): AskedProofs {
  const sizes = useMemo(() => earlierSizes(size, kept), [size, kept]);
  const proofs = useQueries({
    queries: sizes.map((from) => ({
      queryKey: ['ask', 'Growth', log, from, size],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await ask(GrowthDocument, { log, from, to: size }, signal)).consistencyProof,
    })),
  });
  return {
    sizes,
    data: proofs.flatMap((proof) => (proof.data ? [proof.data] : [])),
    error: proofs.find((proof) => proof.error)?.error ?? null,
  };
}

/** What somebody remembers goes into the address, so the proof can be sent. */
function KeptForm({ name, size }: { readonly name: string; readonly size: number }): ReactNode {
  const [search, setSearch] = useSearchParams();
  return (
    <form
      className="kept-form"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        setSearch((before) => withKept(before, name, given));
      }}
    >
      <label className="form-field">
        <span>Size that you kept</span>
        <input
          name="Size"
          inputMode="numeric"
          defaultValue={search.get(`${name}Size`) ?? ''}
          placeholder={`1 to ${String(size)}`}
        />
      </label>
      <label className="form-field">
        <span>Its root, if you kept it</span>
        <input
          name="Root"
          defaultValue={search.get(`${name}Root`) ?? ''}
          placeholder="base64"
          spellCheck={false}
        />
      </label>
      <button type="submit" className="button quiet">
        Prove that it only grew
      </button>
    </form>
  );
}

function withKept(before: URLSearchParams, name: string, given: FormData): URLSearchParams {
  const search = new URLSearchParams(before);
  for (const field of ['Size', 'Root']) {
    const value = given.get(field);
    search.delete(name + field);
    if (typeof value === 'string' && value.trim() !== '') search.set(name + field, value.trim());
  }
  return search;
}

type Proof = GrowthQuery['consistencyProof'];

interface ProofsProps {
  readonly label: string;
  readonly proofs: readonly Proof[];
  readonly head: HeadFragment;
  readonly kept: { readonly size: number; readonly root: string | null } | undefined;
}

function Proofs({ label, proofs, head, kept }: ProofsProps): ReactNode {
  return (
    <Table label={label} heads={['Entries', 'Root', 'Today’s tree begins with it']} className="roots">
      {proofs.map((proof) => {
        const isKept = Number(proof.from) === kept?.size;
        return (
          <tr key={proof.from}>
            <th scope="row">
              {showCount(proof.from)} {isKept ? <span className="chip">kept</span> : null}
            </th>
            <td>
              <code>{proof.fromRoot}</code>
            </td>
            <td>
              <Verdict proof={proof} head={head} root={isKept ? kept.root : null} />
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

interface VerdictProps {
  readonly proof: Proof;
  readonly head: HeadFragment;
  /** The root that somebody kept; null if none. */
  readonly root: string | null;
}

function Verdict({ proof, head, root }: VerdictProps): ReactNode {
  const problem = problemOf(proof, head, root);
  if (problem !== undefined) {
    return (
      <span role="alert">
        <span className="chip bad">no</span> {problem}
      </span>
    );
  }
  return (
    <>
      <span className="chip good">proved here</span> by {countOf(proof.hashes.length, ['hash', 'hashes'])}
      {root === null ? '' : ', and its root is the one that you kept'}
    </>
  );
}

/** Undefined if the signed tree begins with the earlier one, and that has the root that was kept. */
function problemOf(proof: Proof, head: HeadFragment, root: string | null): string | undefined {
  if (root !== null && root !== proof.fromRoot)
    return `The root that you kept is another one: ${root}. The log is not the one of then.`;
  if (proof.toRoot !== head.root) return 'The proof leads to another root than the one that was signed.';
  try {
    verifyGrowth({ ...proof, from: Number(proof.from), to: Number(proof.to) });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
