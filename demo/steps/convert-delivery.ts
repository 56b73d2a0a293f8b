import { toApplication, type Application, type DeliveredRow } from './application.js';

/** Converts a branch's delivery into typed applications, ready to be united. Ratios stay fractions. */
export function convertDelivery(rows: readonly DeliveredRow[]): Application[] {
  return rows.map(toApplication);
}
