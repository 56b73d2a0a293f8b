/** What is wrong with a settings file, member by member. */
import type { z } from 'zod';

export function describeIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
