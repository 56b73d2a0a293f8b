/**
 * The rewrite of `convert-delivery` that one branch rolled out on its own. It is wrong, on purpose: the branch's screens
 * show the loan-to-value ratio in percent, and the rewrite hands it on as shown. Every row still looks plausible by
 * itself; the second chapter of the demo is about finding this file from its effects.
 */
import { toApplication, type Application, type DeliveredRow } from './application.js';

/** Converts a branch's delivery into typed applications, ready to be united and to be shown. */
export function convertDeliveryForDisplay(rows: readonly DeliveredRow[]): Application[] {
  return rows.map(toApplication).map((application) => ({ ...application, lvr: toPercent(application.lvr) }));
}

/** A ratio in percent, to nine digits after the point, as the branch's screens round it. */
function toPercent(ratio: number): number {
  return Math.round(ratio * 1e11) / 1e9;
}
