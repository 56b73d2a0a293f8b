/**
 * The forms that nearly every decision has, recognised without the schemas, which take four times as long as all the rest
 * of the check. They only ever say yes to what the schema accepts, too; anything else goes to the schema, which accepts it
 * or says what is wrong. So there is one set of rules and one set of messages.
 */
import type { JsonObject } from '../domain/json.js';
import { PREDICTION_MODES, SCORED_ROLES, type EdgeType } from '../domain/kinds.js';
import { isObject } from './check.js';

/** `{value, contribution?}`: JSON text has no undefined and no infinite number. */
export function isUsualFeature(feature: unknown): boolean {
  if (!isObject(feature) || feature.value === undefined || !isPlain(feature)) return false;
  for (const name in feature) {
    if (name !== 'value' && !(name === 'contribution' && Number.isFinite(feature[name]))) return false;
  }
  return true;
}

/** `{outcome?, score?, mode?, endpoint?}` */
export function isUsualPredictionFields(fields: unknown): fields is JsonObject {
  if (!isObject(fields) || !isPlain(fields)) return false;
  for (const name in fields) {
    const value = fields[name];
    switch (name) {
      case 'outcome':
      case 'endpoint':
        if (typeof value !== 'string' || value === '' || value.length > MAX_NAME) return false;
        break;
      case 'score':
        if (!Number.isFinite(value)) return false;
        break;
      case 'mode':
        if (!(PREDICTION_MODES as readonly unknown[]).includes(value)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** No properties at all, or the role of scored data. */
export function isUsualEdgeProps(type: EdgeType, props: unknown): boolean {
  if (!isObject(props) || !isPlain(props)) return false;
  const names = Object.keys(props);
  if (type !== 'SCORED') return names.length === 0;
  return names.length === 1 && (SCORED_ROLES as readonly unknown[]).includes(props.role);
}

const MAX_NAME = 512;

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
