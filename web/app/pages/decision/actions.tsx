/** What one can take away from a storyline. */
import { Download, GitCompareArrows, Printer, Share2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';

import { StorylineDocument } from '../../graphql/operations.gen.js';
import { CopyButton } from '../../parts/copy-button.js';
import { fileName, saveFile } from '../../parts/save-file.js';
import { address } from '../../shell/addresses.js';
import type { Storyline } from './storyline.js';
import { fetchEvidence } from './evidence.js';

interface ActionsProps {
  readonly story: Storyline;
  readonly personal: boolean;
}

export function Actions({ story, personal }: ActionsProps): ReactNode {
  const { id } = story.prediction;
  const asGraphQL = (): string =>
    `${StorylineDocument.toString()}\n# Variables\n# ${JSON.stringify({ prediction: id, asOf: { treeSize: story.asOf }, personal })}\n`;
  return (
    <section className="card actions" aria-label="Take it with you">
      <Link className="button" href={address('/explore', { of: id, direction: 'UPSTREAM' })}>
        <Share2 aria-hidden="true" /> Explore its lineage
      </Link>
      <Link className="button quiet" href={address('/compare', { a: id })}>
        <GitCompareArrows aria-hidden="true" /> Compare it
      </Link>
      <DownloadEvidence story={story} />
      <CopyButton text={asGraphQL}>Copy as GraphQL</CopyButton>
      <button type="button" className="button quiet" onClick={() => window.print()}>
        <Printer aria-hidden="true" /> Print as a report
      </button>
    </section>
  );
}

function DownloadEvidence({ story }: { readonly story: Storyline }): ReactNode {
  const [problem, setProblem] = useState('');
  const { id } = story.prediction;
  const download = (): void => {
    fetchEvidence(id, story.asOf).then(
      (text) => {
        setProblem('');
        saveFile(fileName(id, 'evidence.json'), new Blob([text], { type: 'application/json' }));
      },
      (error: unknown) => setProblem((error as Error).message),
    );
  };
  return (
    <>
      <button type="button" className="button quiet" onClick={download}>
        <Download aria-hidden="true" /> Download evidence
      </button>
      {problem === '' ? null : <p role="alert">{problem}</p>}
    </>
  );
}
