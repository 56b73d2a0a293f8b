/** A finished erasure's certificate, by its id: what was erased, what remains, and why. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { CertificateDocument, type CertificateQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { countOf } from '../../parts/number.js';
import { Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';

type Certificate = CertificateQuery['erasureCertificate'];

export function ErasureTab(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const id = search.get('certificate') ?? '';
  const { data, error, isLoading } = useAnswer(CertificateDocument, { id }, { when: id !== '' });
  return (
    <section className="card" aria-label="Erasure">
      <form
        className="form-field"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget).get('certificate');
          setSearch({ tab: 'erasure', certificate: typeof given === 'string' ? given.trim() : '' });
        }}
      >
        <label htmlFor="certificate">Id of the certificate</label>
        <input
          id="certificate"
          name="certificate"
          defaultValue={id}
          placeholder="as eraseSubject gave it; Enter"
        />
      </form>
      <p className="fine">
        Erasing is done with the mutation eraseSubject or the command pedigree erase, which give the id.
      </p>
      {isLoading ? <Loading what="the certificate" /> : null}
      {error ? <Failure error={error} /> : null}
      {data ? <Shown certificate={data.erasureCertificate} /> : null}
    </section>
  );
}

function Shown({ certificate }: { readonly certificate: Certificate }): ReactNode {
  const { remains } = certificate;
  return (
    <article className="certificate">
      <h2>Certificate of erasure</h2>
      <Particulars certificate={certificate} />
      <h3>What remains, and why</h3>
      <ul className="bullets">
        {remains.statements.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
      <ul className="edges">
        {[...remains.datasets.items.map(({ id }) => id), ...remains.models.items].map((id) => (
          <li key={id}>
            <ArtifactLink id={id} />
          </li>
        ))}
      </ul>
      {remains.datasets.truncated || remains.models.truncated ? (
        <p className="fine">There are more than are listed.</p>
      ) : null}
    </article>
  );
}

function Particulars({ certificate }: { readonly certificate: Certificate }): ReactNode {
  const { erased } = certificate;
  return (
    <dl className="facts">
      <dt>Asked for</dt>
      <dd>
        <Time value={certificate.requestedAt} /> by {certificate.requestedBy}
      </dd>
      <dt>Done</dt>
      <dd>
        <Time value={certificate.completedAt} />
      </dd>
      <dt>Basis</dt>
      <dd>{certificate.basis}</dd>
      <dt>Erased</dt>
      <dd>
        {countOf(erased.members, ['value', 'values'])} of{' '}
        {countOf(erased.artifacts, ['artifact', 'artifacts'])} and{' '}
        {countOf(erased.attestations, ['attestation', 'attestations'])}:{' '}
        {erased.byPath.map(({ path, count }) => `${path} (${String(count)})`).join(', ')}
      </dd>
    </dl>
  );
}
