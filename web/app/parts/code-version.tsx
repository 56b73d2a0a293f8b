/** The commit that ran, short enough to be read and whole enough to be found. */
import { GitCommitHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';

import type { CodeFragment } from '../graphql/operations.gen.js';
import { membersOf, textOf, type Json } from '../api/json.js';

export function CodeVersion({ code }: { readonly code: CodeFragment | null | undefined }): ReactNode {
  if (code == null) return <span className="absent">no code stated</span>;
  return (
    <span className="code-version" title={`${code.repository} @ ${code.commit}`}>
      <GitCommitHorizontal aria-hidden="true" />
      <code>{code.commit.slice(0, 10)}</code>
      {code.path === null ? null : <span className="fine">{code.path}</span>}
    </span>
  );
}

/** The same, from an artifact's declared fields. */
export function codeOf(fields: Json): CodeFragment | null {
  const code = membersOf(membersOf(fields).code);
  const repository = textOf(code.repository);
  const commit = textOf(code.commit);
  if (repository === undefined || commit === undefined) return null;
  return { repository, commit, path: textOf(code.path) ?? null };
}
