/** `search` and `attestations`: finding artifacts, and what was said about them. */
import type { AttestationArgs, AttestationPage } from '../../lineage/attestation-service.js';
import type { SearchArgs, SearchHit, SearchPage } from '../../lineage/search-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { artifactAsOf, type ArtifactSource } from './artifact.js';

export const searchResolvers = {
  Query: {
    search: (_: unknown, args: SearchArgs, { services, principal }: RequestContext): Promise<SearchPage> =>
      services.search.search(args, principal.name),
    attestations: (
      _: unknown,
      { asOf, ...args }: WithAsOf<AttestationArgs>,
      { services, principal }: RequestContext,
    ): Promise<AttestationPage> =>
      services.attestations.page({ ...args, asOf: toAsOf(asOf) }, principal.name),
  },
  SearchHit: {
    artifact: ({ id, asOf }: SearchHit, _: unknown, { loaders }: RequestContext): Promise<ArtifactSource> =>
      artifactAsOf(loaders, id, asOf),
  },
};
