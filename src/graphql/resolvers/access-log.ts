/** `accessLog`: who read personal values, in the types of the schema. */
import type { Json } from '../../domain/json.js';
import type {
  Access,
  AccessLogArgs,
  AccessPage,
  SubjectAccesses,
  SubjectArgs,
} from '../../governance/access-log-service.js';
import type { RequestContext } from '../context.js';

export const accessLogResolvers = {
  Query: {
    accessLog: (
      _: unknown,
      args: AccessLogArgs,
      { services, principal }: RequestContext,
    ): Promise<AccessPage> => services.accessLog.page(args, principal.name),
    subjectAccesses: (
      _: unknown,
      args: SubjectArgs,
      { services, principal }: RequestContext,
    ): Promise<SubjectAccesses> => services.accessLog.ofSubject(args, principal.name),
  },
  Access: {
    by: said('principal'),
    grant: said('grant'),
    holder: said('holder'),
    caseRef: said('caseRef'),
    hidden: said('hidden'),
    roles: said('roles'),
    tokenId: said('tokenId'),
    purpose: said('purpose'),
    door: said('door'),
    operation: said('operation'),
    operationDigest: said('operationDigest'),
    arguments: said('arguments'),
    values: said('values'),
    resultDigest: said('resultDigest'),
  },
};

function said(field: string): (access: Access) => Json | undefined {
  return (access) => access.said.get(`value/${field}`);
}
