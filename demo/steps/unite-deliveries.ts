import type { Application } from './application.js';

/** The applications of all deliveries in one table, ordered by key. A key may be delivered once only. */
export function uniteDeliveries(deliveries: readonly (readonly Application[])[]): Application[] {
  const united = deliveries.flat().sort((a, b) => a.row - b.row);
  const twice = united.find(({ row }, i) => united[i - 1]?.row === row);
  if (twice) throw new Error(`each application must be delivered once, but ${twice.row} came twice`);
  return united;
}
