/** `report`, `subjectReport`, `erasureReport`: a question of the law, as statements and in two forms to read. */
import type { AdverseDirection } from '../../governance/reports/adverse-action.js';
import type { Report, ReportKind } from '../../governance/reports/report.js';
import { renderHtml } from '../../governance/reports/render-html.js';
import { renderMarkdown } from '../../governance/reports/render-markdown.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import { lookedIn, type RequestContext } from '../context.js';

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
  },
};
