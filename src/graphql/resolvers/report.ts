/** `report`: a question of the law, as statements and in two forms to read. */
import type { Report, ReportKind } from '../../governance/reports/report.js';
import { renderHtml } from '../../governance/reports/render-html.js';
import { renderMarkdown } from '../../governance/reports/render-markdown.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import { lookedIn, type RequestContext } from '../context.js';

interface ReportArgs {
  readonly kind: ReportKind;
  readonly of: string;
  readonly asOf?: AsOfArg | null;
  readonly since?: AsOfArg | null;
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
        looked: lookedIn(context),
      }),
  },
  Report: {
    markdown: (report: Report): string => renderMarkdown(report),
    html: (report: Report): string => renderHtml(report),
  },
};
