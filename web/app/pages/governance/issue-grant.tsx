/** The form that issues a grant. Its token is shown once, here: it is kept nowhere. */
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState, type ReactNode, type SubmitEvent } from 'react';

import { ask } from '../../api/ask.js';
import { queryClient } from '../../api/query-client.js';
import { useAnswer } from '../../api/use-answer.js';
import {
  GrantsDocument,
  IssueGrantDocument,
  ProfilesDocument,
  type GrantInput,
} from '../../graphql/operations.gen.js';
import { ALL_KINDS, KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { CopyButton } from '../../parts/copy-button.js';
import { FindBox } from '../../shell/find-box.js';
import { termsOf } from './grant-terms.js';

export function IssueGrant(): ReactNode {
  const [roots, setRoots] = useState<readonly string[]>([]);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (input: GrantInput) => ask(IssueGrantDocument, { input }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['ask', GrantsDocument.toString()] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate(termsOf(new FormData(event.currentTarget), roots, Date.now()));
  };
  if (data) return <Issued token={data.issueGrant.token} holder={data.issueGrant.grant.holder} />;
  return (
    <form className="grant-form" onSubmit={submit} aria-label="Issue a grant">
      <Text name="holder" label="Holder" hint="whom it is for" required />
      <Text name="purpose" label="Purpose" hint="every read under it is recorded with this" required />
      <Text name="caseRef" label="Case" hint="optional" />
      <Roots roots={roots} set={setRoots} />
      <Scope />
      <Values />
      {error ? <p role="alert">Not issued: {error.message}</p> : null}
      <button type="submit" className="button" disabled={isPending}>
        {isPending ? 'Issuing …' : 'Issue it'}
      </button>
    </form>
  );
}

function Issued({ token, holder }: { readonly token: string; readonly holder: string }): ReactNode {
  return (
    <div className="notice" role="status">
      <p>
        The grant of {holder} is issued. This is its token: hand it over on a safe way now, because it is
        shown once and kept nowhere.
      </p>
      <pre className="token" tabIndex={0} aria-label="The token">
        {token}
      </pre>
      <CopyButton text={() => token}>Copy the token</CopyButton>
    </div>
  );
}

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly type?: string;
  readonly required?: boolean;
  readonly value?: string;
}

function Text({ name, label, hint, type = 'text', required = false, value }: TextProps): ReactNode {
  return (
    <label>
      <span>
        {label} <span className="fine">{hint}</span>
      </span>
      <input name={name} type={type} required={required} defaultValue={value} autoComplete="off" min={1} />
    </label>
  );
}

interface RootsProps {
  readonly roots: readonly string[];
  readonly set: (roots: readonly string[]) => void;
}

function Roots({ roots, set }: RootsProps): ReactNode {
  return (
    <fieldset>
      <legend>Roots: what it begins at, at least one</legend>
      <FindBox label="Add a root" choose={(id) => set([...new Set([...roots, id])])} />
      <ul className="edges">
        {roots.map((id) => (
          <li key={id}>
            {id}{' '}
            <button
              type="button"
              className="button quiet"
              onClick={() => set(roots.filter((root) => root !== id))}
            >
              <X aria-hidden="true" /> <span className="unseen">Remove {parseId(id).name}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Scope(): ReactNode {
  return (
    <fieldset>
      <legend>What it opens</legend>
      <label>
        <span>Direction</span>
        <select name="direction">
          <option value="UPSTREAM">what the roots come from</option>
          <option value="DOWNSTREAM">what depends on them</option>
          <option value="BOTH">both</option>
        </select>
      </label>
      <Text name="depth" label="Depth" hint="steps from a root; empty for any" type="number" />
      <div role="group" aria-label="Kinds that are visible">
        {ALL_KINDS.map((kind) => (
          <label key={kind} className="tick">
            <input type="checkbox" name="kinds" value={kind} defaultChecked /> {KIND_WORDS[kind][1]}
          </label>
        ))}
      </div>
      <Text name="decidedFrom" label="Decisions from" hint="UTC; empty for all" type="datetime-local" />
      <Text name="decidedTo" label="Decisions to" hint="UTC, not included" type="datetime-local" />
      <Text name="days" label="Days" hint="until it ends, at most 366" type="number" required value="14" />
    </fieldset>
  );
}

function Values(): ReactNode {
  const { data } = useAnswer(ProfilesDocument, {});
  return (
    <fieldset>
      <legend>What its holder learns</legend>
      <label>
        <span>Of what is hidden</span>
        <select name="reveal">
          <option value="NOTHING">nothing but that it is there</option>
          <option value="KIND">the kind of each</option>
        </select>
      </label>
      <label className="tick">
        <input type="checkbox" name="personal" /> personal values may be read
      </label>
      <label>
        <span>Masked by</span>
        <select name="profile">
          <option value="">no profile</option>
          {(data?.redactionProfiles ?? []).map(({ name, digest }) => (
            <option key={digest} value={`${name} ${digest}`}>
              {name} ({digest.slice(0, 12)}…)
            </option>
          ))}
        </select>
      </label>
      <Text
        name="budget"
        label="Budget"
        hint="units of query cost a minute; empty for the server’s"
        type="number"
      />
    </fieldset>
  );
}
