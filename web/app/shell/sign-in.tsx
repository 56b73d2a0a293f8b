/**
 * The sign-in: at an identity provider where the server has one, or with a token that is pasted once. Either way the server
 * keeps the token in a cookie that no script can read.
 */
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, LogIn } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject, type SubmitEvent } from 'react';

import { MAX_PURPOSE, purpose } from '../api/purpose.js';
import { queryClient, sessionEnd } from '../api/query-client.js';
import { providersQuery, sessionQuery, signIn, type OfferedProvider } from '../api/session.js';
import { useStore } from '../api/store.js';
import { address } from './addresses.js';
import { Mark } from './masthead.js';

const WHY = {
  ended:
    'Your session has ended: the token has expired or was revoked. Sign in again to go on where you were.',
  'signed-out': 'You are signed out.',
} as const;

export function SignIn(): ReactNode {
  const why = useStore(sessionEnd);
  const reason = useRef<HTMLInputElement>(null);
  const { data: providers = [] } = useQuery(providersQuery);
  useEffect(() => {
    document.title = 'Sign in · Pedigree';
  }, []);
  return (
    <main id="main" className="sign-in">
      <Mark />
      <h1>Why did this model say that, and where did it come from?</h1>
      {why === undefined ? null : (
        <p role="status" className="notice">
          {WHY[why]}
        </p>
      )}
      {providers.map((provider) => (
        <ProviderLink key={provider.issuer} provider={provider} reason={reason} />
      ))}
      <TokenForm reason={reason} />
      <p className="fine">
        The token goes to this server once and stays in a cookie that no script can read, until it expires or
        you sign out. <code>npm run -s token</code> prints one on the server’s machine; the server also prints
        a sign-in link when it starts.
      </p>
    </main>
  );
}

interface ReasonProps {
  readonly reason: RefObject<HTMLInputElement | null>;
}

/** A link, because the browser leaves this page for the provider's; it comes back to the address that it left. */
function ProviderLink({
  provider: { issuer },
  reason,
}: ReasonProps & { readonly provider: OfferedProvider }): ReactNode {
  const to = window.location.pathname + window.location.search;
  return (
    <a
      className="button"
      href={address('/sign-in/oidc', { to })}
      onClick={() => purpose.set(reason.current?.value ?? '')}
    >
      <LogIn aria-hidden="true" /> Sign in with {new URL(issuer).host}
    </a>
  );
}

function TokenForm({ reason }: ReasonProps): ReactNode {
  const token = useRef<HTMLTextAreaElement>(null);
  const { mutate, error, isPending } = useMutation({
    mutationFn: signIn,
    // Its failure is shown here; it does not end a session that there is not.
    onError: () => token.current?.focus(),
    onSuccess: (session) => {
      purpose.set(reason.current?.value ?? '');
      sessionEnd.set(undefined);
      queryClient.setQueryData(sessionQuery.queryKey, session);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    mutate(token.current?.value ?? '');
  };
  return (
    <form className="token-form" onSubmit={submit}>
      <label htmlFor="token">Token</label>
      <textarea
        ref={token}
        id="token"
        rows={4}
        required
        spellCheck={false}
        autoComplete="off"
        aria-describedby="token-wrong"
        aria-invalid={error !== null}
      />
      <PurposeField reason={reason} />
      <p id="token-wrong" role="alert">
        {error ? `Not signed in: ${error.message}` : null}
      </p>
      <button type="submit" className="button" disabled={isPending}>
        <KeyRound aria-hidden="true" /> {isPending ? 'Signing in …' : 'Sign in'}
      </button>
    </form>
  );
}

function PurposeField({ reason }: ReasonProps): ReactNode {
  return (
    <>
      <label htmlFor="purpose">
        Purpose{' '}
        <span className="fine">optional; kept in the access log with every personal value that you read</span>
      </label>
      <input ref={reason} id="purpose" maxLength={MAX_PURPOSE} autoComplete="off" />
    </>
  );
}
