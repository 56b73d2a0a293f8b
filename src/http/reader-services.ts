/** What answers a request: the services, or under a grant those that read nothing but what it opens. */
import type { Request } from 'express';
import type { Principal } from '../access/principal.js';
import type { GrantedServices, RequestContext, Services } from '../graphql/context.js';
import { createLoaders } from '../graphql/loaders.js';
import { LineageReader } from '../store/lineage-reader.js';
import { purposeOf } from './recorded-reads.js';

type ReaderServices = Services & Partial<Pick<GrantedServices, 'graph' | 'evidenceScope'>>;

/** Errors: `GRANT_TOO_LARGE`, `TIMEOUT`. */
export async function servicesOf({ grant }: Principal, services: Services): Promise<ReaderServices> {
  return grant ? { ...services, ...(await services.granted(grant)) } : services;
}

/** Everything that a resolver may use for this request. */
export async function contextOf(request: Request, all: Services): Promise<RequestContext> {
  const principal = request.res?.locals.principal as Principal;
  const { graph: granted, evidenceScope, ...services } = await servicesOf(principal, all);
  const loaders = createLoaders(granted ?? new LineageReader(services.database));
  const executionContext = services.database.generated;
  const purpose = purposeOf(request);
  const reader = { principal, loaders, granted, evidenceScope, purpose };
  return { ...reader, services, executionContext, recording: {} };
}
