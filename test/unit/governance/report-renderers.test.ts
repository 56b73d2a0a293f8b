/** Reports as Markdown and HTML: what producers wrote is text and never markup, whatever it is. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';

import { renderHtml } from '../../../src/governance/reports/render-html.js';
import { renderMarkdown } from '../../../src/governance/reports/render-markdown.js';
import type { Report } from '../../../src/governance/reports/report.js';

const PLAIN = 'plain';

function reportOf(text: string): Report {
  const references = [{ id: 'model:a/b@1', digest: '0'.repeat(64), leafIndex: 7 }];
  return {
    kind: 'TECHNICAL_FILE',
    of: 'model:a/b@1',
    asOf: 8,
    checkpoint: { origin: 'example.org/log/lineage', treeSize: 8, root: 'AAAA' },
    title: `Title ${text}`,
    asks: `Law ${text}`,
    sections: [
      { title: 'Section', statements: [{ label: `label ${text}`, text: `text ${text}`, references }] },
    ],
    gaps: [{ question: `question ${text}`, reason: `reason ${text}`, references: [] }],
  };
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '`code` ``` fence',
  '\n# heading\n\n---\n* item\n1. one',
  '**bold** _it_ ~~gone~~ | cell | cell',
  '&lt;b&gt; &amp; "quoted" \'single\'',
  '<https://evil.example> https://evil.example [ref]: x',
  '\\[escaped\\] trailing \\',
  '2026. a year that would begin a list',
  '\u001b[2J\u202Ereversed\u2028line',
];

const texts = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.stringMatching(/^[-<>&"'`*_[\](){}#!|\\~\n+=.1 a:/@]{0,40}$/),
);

/** The elements of a page, in order. */
const tagsOf = (html: string): string[] => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);

test('HTML has the same elements whatever is written into it', () => {
  const expected = tagsOf(renderHtml(reportOf(PLAIN)));
  fc.assert(
    fc.property(texts, (text) => {
      const html = renderHtml(reportOf(text));
      expect(tagsOf(html)).toEqual(expected);
      expect(html).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }),
    { numRuns: 500, seed: 11 },
  );
});

test('Markdown has the same elements whatever is written into it, and shows the text', () => {
  const expected = tagsOf(micromark(renderMarkdown(reportOf(PLAIN))));
  fc.assert(
    fc.property(texts, (text) => {
      const html = micromark(renderMarkdown(reportOf(text)), { allowDangerousHtml: true });
      expect(tagsOf(html)).toEqual(expected);
      const shown = decoded(html.replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ');
      const said = `reason ${text}`
        .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
        .replace(/\s+/g, ' ');
      expect(shown).toContain(said.trim());
    }),
    { numRuns: 500, seed: 12 },
  );
});

function decoded(html: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return html.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => names[name]!);
}

test('a report without gaps says so', () => {
  const whole = { ...reportOf(PLAIN), gaps: [] };
  expect(renderMarkdown(whole)).toContain('Nothing: every question of this report has an answer.');
  expect(renderHtml(whole)).toContain('Nothing: every question of this report has an answer.');
});

test('each statement names its entries, with their places in the log', () => {
  expect(renderMarkdown(reportOf(PLAIN))).toContain(
    '- **label plain:** text plain — `model:a/b@1` \\[7\\]\n',
  );
  expect(renderHtml(reportOf(PLAIN))).toContain(`<span class="ref">model:a/b@1 [7] ${'0'.repeat(64)}</span>`);
});
