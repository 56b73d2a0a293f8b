/** A report as one HTML page that prints: no script, nothing that is loaded from elsewhere. */
import { escapeHtml } from '../../domain/html.js';
import type { Reference, Report, ReportGap, Section } from './report.js';

const STYLE = `body{font:11pt/1.45 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em;break-after:avoid}dl{display:grid;grid-template-columns:14em 1fr;gap:.3em 1em}
dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}.ref{font:.8em/1.3 monospace;color:#444;display:block;overflow-wrap:anywhere}
@page{margin:2cm}@media print{body{margin:0;max-width:none}}`;

export function renderHtml({ title, asks, of, asOf, checkpoint, sections, gaps }: Report): string {
  const { origin, treeSize, root } = checkpoint;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
<p>${escaped(asks)}</p>
<p>About <code>${escaped(of)}</code>, as of ${String(asOf)} entries of the log.</p>
${sections
  .filter(({ statements }) => statements.length > 0)
  .map(section)
  .join('\n')}
<h2>What could not be answered</h2>
${gaps.length === 0 ? '<p>Nothing: every question of this report has an answer.</p>' : `<dl>${gaps.map(gapLine).join('\n')}</dl>`}
<h2>Proof</h2>
<p>Each number in brackets is the position of an entry in the log <code>${escaped(origin)}</code>, whose last signed head covers
${String(treeSize)} entries with the root <code>${escaped(root)}</code>. <code>pedigree evidence ID</code> gets a file that proves
an entry, and <code>pedigree verify</code> checks it offline.</p>
</body></html>
`;
}

function section({ title, statements }: Section): string {
  const lines = statements.map(({ label, text, references }) => line(label, text, references));
  return `<h2>${escaped(title)}</h2>\n<dl>${lines.join('\n')}</dl>`;
}

function gapLine({ question, reason, references }: ReportGap): string {
  return line(question, reason, references);
}

function line(label: string, text: string, references: readonly Reference[]): string {
  const refs = references.map(
    ({ id, leafIndex, digest }) =>
      `<span class="ref">${escaped(id)} ${leafIndex === undefined ? '(not declared)' : `[${String(leafIndex)}] ${escaped(digest ?? '')}`}</span>`,
  );
  return `<dt>${escaped(label)}</dt><dd>${escaped(text)}${refs.join('')}</dd>`;
}

function escaped(text: string): string {
  return escapeHtml(text.replace(/[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, ' '));
}
