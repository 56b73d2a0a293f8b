/** A report as Markdown. What producers wrote is text in it and never markup. */
import type { Reference, Report, Section } from './report.js';

export function renderMarkdown(report: Report): string {
  const { title, asks, of, asOf, checkpoint, sections, gaps } = report;
  return [
    `# ${escaped(title)}`,
    escaped(asks),
    `About ${code(of)}, as of ${String(asOf)} entries of the log.`,
    ...sections.filter(({ statements }) => statements.length > 0).map(renderSection),
    '## What could not be answered',
    gaps.length === 0
      ? 'Nothing: every question of this report has an answer.'
      : gaps
          .map(
            ({ question, reason, references }) =>
              `- ${strong(question)} ${escaped(reason)}${refs(references)}`,
          )
          .join('\n'),
    '## Proof',
    `Each number in brackets is the position of an entry in the log ${code(checkpoint.origin)}, whose last signed head covers ` +
      `${String(checkpoint.treeSize)} entries with the root ${code(checkpoint.root)}. ` +
      `${code('pedigree evidence ID')} gets a file that proves an entry, and ${code('pedigree verify')} checks it offline.`,
    '',
  ]
    .join('\n\n')
    .replace(/(?<!\n)\n+$/, '\n');
}

function renderSection({ title, statements }: Section): string {
  const lines = statements.map(
    ({ label, text, references }) => `- ${strong(label, ':')} ${escaped(text)}${refs(references)}`,
  );
  return `## ${escaped(title)}\n\n${lines.join('\n')}`;
}

function refs(references: readonly Reference[]): string {
  const each = references.map(({ id, leafIndex }) =>
    leafIndex === undefined ? `${code(id)} (not declared)` : `${code(id)} \\[${String(leafIndex)}\\]`,
  );
  return each.length === 0 ? '' : ` — ${each.join(', ')}`;
}

/** Emphasis that begins or ends with a space would be none (CommonMark §6.2). */
function strong(text: string, end = ''): string {
  return `**${escaped(text).trim()}${end}**`;
}

/** Ids, origins and roots have no backtick; one would end the code. */
function code(text: string): string {
  return `\`${text.replace(/[`\p{Cc}]/gu, '')}\``;
}

/** Every character that CommonMark gives a meaning is escaped (§2.4), and a line stays one line. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (char) => (/[,.;'"%]/.test(char) ? char : `\\${char}`))
    .replace(/^(\s*\d+)\./, '$1\\.');
}
