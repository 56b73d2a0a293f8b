/** Saves the drawing as a picture: made from the layout itself, so it has all of the graph and nothing of the page. */
import { ImageDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { fileName, saveFile } from '../../parts/save-file.js';
import { themeColour } from './colour.js';
import { drawSvg, toPng } from './export-picture.js';
import type { Layout } from '../../graph/layout.js';

export function ExportButtons({
  layout,
  root,
}: {
  readonly layout: Layout;
  readonly root: string;
}): ReactNode {
  const [problem, setProblem] = useState('');
  const save = (format: 'svg' | 'png'): void => {
    const svg = drawSvg(layout, themeColour);
    const made =
      format === 'svg' ? Promise.resolve(new Blob([svg], { type: 'image/svg+xml' })) : toPng(svg, layout);
    made.then(
      (picture) => saveFile(fileName(root, format), picture),
      (error: unknown) => setProblem((error as Error).message),
    );
  };
  return (
    <>
      <button type="button" className="button quiet" onClick={() => save('svg')}>
        <ImageDown aria-hidden="true" /> SVG
      </button>
      <button type="button" className="button quiet" onClick={() => save('png')}>
        <ImageDown aria-hidden="true" /> PNG
      </button>
      {problem === '' ? null : <p role="alert">{problem}</p>}
    </>
  );
}
