/** `eraseSubject` and certificates of erasure. */
import type { ErasureCertificate } from '../../governance/certificates.js';
import type { EraseArgs } from '../../governance/erasure-service.js';
import type { RequestContext } from '../context.js';

export const erasureResolvers = {
  Query: {
    erasureCertificate: (
      _: unknown,
      { id }: { id: string },
      { services }: RequestContext,
    ): Promise<ErasureCertificate> => services.erasure.certificate(id),
  },
  Mutation: {
    eraseSubject: (
      _: unknown,
      args: EraseArgs,
      { services, principal }: RequestContext,
    ): Promise<ErasureCertificate> => services.erasure.erase(args, principal.name),
  },
};
