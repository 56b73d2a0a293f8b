import type { ArtifactDeclaration, AttestationDeclaration } from '../domain/declaration.js';
import { attest, type AttestArgs } from './attest.js';
import { dataset, featureDef, model, prediction, transform } from './builders.js';
import type { Identity } from './builders.js';

type Bound<Args extends Identity, Result> = (
  args: Omit<Args, 'namespace'> & { readonly namespace?: string },
) => Result;

/** The builders, each with a namespace of its own unless one is given. */
export interface NamespaceBuilders {
  readonly dataset: Bound<Parameters<typeof dataset>[0], ArtifactDeclaration<'Dataset'>>;
  readonly transform: Bound<Parameters<typeof transform>[0], ArtifactDeclaration<'Transform'>>;
  readonly featureDef: Bound<Parameters<typeof featureDef>[0], ArtifactDeclaration<'FeatureDef'>>;
  readonly model: Bound<Parameters<typeof model>[0], ArtifactDeclaration<'Model'>>;
  readonly prediction: Bound<Parameters<typeof prediction>[0], ArtifactDeclaration<'Prediction'>>;
  readonly attest: (args: AttestArgs) => AttestationDeclaration;
}

/**
 * The builders for one namespace, which is then not repeated in every call.
 *
 * @example const { dataset, model } = inNamespace('lending');
 */
export function inNamespace(namespace: string): NamespaceBuilders {
  return {
    dataset: (args) => dataset({ namespace, ...args }),
    transform: (args) => transform({ namespace, ...args }),
    featureDef: (args) => featureDef({ namespace, ...args }),
    model: (args) => model({ namespace, ...args }),
    prediction: (args) => prediction({ namespace, ...args }),
    attest: (args) => attest({ namespace, ...args }),
  };
}
