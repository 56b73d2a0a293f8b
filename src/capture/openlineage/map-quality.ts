/** Data quality facets → attestations of their own about the data set: checks, profiles, and that it is gone. */
import { hash } from 'node:crypto';
import type { AttestationDeclaration } from '../../domain/declaration.js';
import type { AttestationType } from '../../domain/kinds.js';
import type { JsonObject } from '../../domain/json.js';
import type { OpenLineageEvent } from './event.js';
import { attestationId, type DatasetUse } from './event-ids.js';
import { cleanJson, listOf, objectOf, present, textOf } from './loose.js';
import { liveFacet } from './map-run.js';

/** Each is keyed by the event and the data set, so that a repeated event repeats them too. */
export function qualityAttestations(
  event: OpenLineageEvent,
  namespace: string,
  uses: readonly DatasetUse[],
): AttestationDeclaration[] {
  return uses.flatMap((use) => {
    const attest = (type: AttestationType, fields: JsonObject): AttestationDeclaration => ({
      id: attestationId(namespace, type, hash('sha256', `${event.digest} ${use.id}`)),
      kind: 'Attestation',
      type,
      about: [use.id],
      occurredAt: event.time,
      fields,
    });
    const checks = checksOf(use);
    const profile = profileOf(use);
    const dropped =
      use.role === 'OUTPUT' &&
      liveFacet(use.dataset.facets, 'lifecycleStateChange').lifecycleStateChange === 'DROP';
    return [
      ...(checks.length === 0
        ? []
        : [
            attest('CONTRACT_CHECK', {
              contract: CONTRACT,
              passed: checks.every((check) => check.passed),
              checks,
            }),
          ]),
      ...(Object.keys(profile).length === 0 ? [] : [attest('DATA_PROFILE', { profile })]),
      ...(dropped ? [attest('RETIRED', { reason: 'the data set was dropped (lifecycleStateChange)' })] : []),
    ];
  });
}

/** The contract that an assertion belongs to has no name in OpenLineage. */
const CONTRACT = 'openlineage:dataQualityAssertions';

interface Check {
  readonly rule: string;
  readonly column?: string;
  readonly passed: boolean;
  readonly [name: string]: string | boolean;
}

/** dbt says the same assertions in `facets` and in `inputFacets`: each counts once, and failed if either says so. */
function checksOf({ dataset }: DatasetUse): Check[] {
  const checks = new Map<string, Check>();
  for (const facets of [dataset.facets, dataset.useFacets]) {
    for (const item of listOf(liveFacet(facets, 'dataQualityAssertions').assertions)) {
      const { assertion, column, success } = objectOf(item);
      const rule = textOf(assertion);
      if (rule === undefined || typeof success !== 'boolean') continue;
      const name = textOf(column);
      const key = JSON.stringify([rule, name]);
      const passed = success && checks.get(key)?.passed !== false;
      checks.set(key, present({ rule, column: name, passed }) as Check);
    }
  }
  return [...checks.values()];
}

function profileOf({ dataset }: DatasetUse): JsonObject {
  const { facets, useFacets } = dataset;
  const either = (name: string): unknown =>
    cleanJson({ ...liveFacet(facets, name), ...liveFacet(useFacets, name) });
  return present({
    metrics: either('dataQualityMetrics'),
    written: either('outputStatistics'),
    read: either('inputStatistics'),
  }) as JsonObject;
}
