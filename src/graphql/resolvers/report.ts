/** `report`, `subjectReport`, `erasureReport`: a question of the law, as statements and in two forms to read. */
import { evidenceText } from '../../governance/evidence/evidence-text.js';
import type { AdverseDirection } from '../../governance/reports/adverse-action.js';
import { backingOf } from '../../governance/reports/backing.js';
import type { Report, ReportKind } from '../../governance/reports/report.js';
import { renderHtml } from '../../governance/reports/render-html.js';
import { renderMarkdown } from '../../governance/reports/render-markdown.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import { lookedIn, type RequestContext } from '../context.js';

/** Most entries of a file that is returned whole: a few megabytes. */
const MAX_ENTRIES = 2_000;

interface ReportEvidence {
  readonly treeSize: number;
  readonly entries: number;
  readonly undeclared: readonly string[];
  readonly file: string;
}

interface ReportArgs {
  readonly kind: ReportKind;
  readonly of?: string | null;
  readonly asOf?: AsOfArg | null;
  readonly since?: AsOfArg | null;
  /** Milliseconds since the epoch. */
  readonly from?: number | null;
  readonly to?: number | null;
  readonly reasons?: readonly string[] | null;
  readonly adverse?: AdverseDirection | null;
}

export const reportResolvers = {
  Query: {
    report: (
      _: unknown,
      { asOf, since, ...question }: ReportArgs,
      context: RequestContext,
    ): Promise<Report> =>
      context.services.reports.report({
        ...question,
        asOf: toAsOf(asOf),
        since: toAsOf(since),
        reader: context.principal,
        looked: lookedIn(context),
      }),
    subjectReport: (_: unknown, { subject }: { subject: string }, context: RequestContext): Promise<Report> =>
      context.services.personReports.subject({
        subject,
        reader: context.principal,
        looked: lookedIn(context),
      }),
    erasureReport: (_: unknown, { id }: { id: string }, { services }: RequestContext): Promise<Report> =>
      services.personReports.erasure(id),
  },
  Report: {
    markdown: (report: Report): string => renderMarkdown(report),
    html: (report: Report): string => renderHtml(report),
    evidence: evidenceOf,
  },
};

/** Personal values are in it only where the read is recorded; of a person's report in none, because entries of several people have those of the others, too. */
async function evidenceOf(
  report: Report,
  _: unknown,
  context: RequestContext,
): Promise<ReportEvidence | null> {
  const { of, entries, undeclared } = backingOf(report);
  if (entries.length === 0) return null;
  const looked = report.kind === 'SUBJECT_ACCESS' ? undefined : lookedIn(context);
  const parts = await context.services.evidence.ofEntries({
    ...{ of, entries, maxEntries: MAX_ENTRIES, personal: looked !== undefined },
    looked: (...seen) => looked?.(...seen),
  });
  let file = '';
  for await (const piece of evidenceText(parts)) file += piece;
  return { treeSize: parts.treeSize, entries: parts.entryCount, undeclared, file };
}
