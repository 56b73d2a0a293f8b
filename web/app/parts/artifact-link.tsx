/** An artifact's name, which leads to it. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { artifactAddress } from '../shell/addresses.js';
import { parseId } from './artifact-id.js';
import { KindMark } from './kind-mark.js';

interface ArtifactLinkProps {
  readonly id: string;
  /** Tree size at which it is shown, if not now. */
  readonly asOf?: string | undefined;
  readonly namespace?: boolean;
}

export function ArtifactLink({ id, asOf, namespace = false }: ArtifactLinkProps): ReactNode {
  const parsed = parseId(id);
  return (
    <Link href={artifactAddress(id, asOf)} className="artifact-link" title={id}>
      <KindMark kind={parsed.kind} />
      <span className="artifact-name">
        {namespace && parsed.namespace !== '' ? `${parsed.namespace}/` : null}
        {parsed.name}
        {parsed.version === '' ? null : <span className="version">@{parsed.version}</span>}
      </span>
    </Link>
  );
}
