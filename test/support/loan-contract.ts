/** A contract with a rule of every form, and rows that keep it. */
import type { JsonObject } from '../../src/domain/json.js';

export const LOANS = `
apiVersion: v3.1.0
kind: DataContract
id: 8f1d
name: loans
version: 1.2.0
status: active
schema:
  - name: loans
    properties:
      - { name: id, logicalType: integer, primaryKey: true }
      - name: ratio
        logicalType: number
        required: true
        logicalTypeOptions: { minimum: 0, maximum: 3 }
        quality:
          - type: custom
            engine: pedigree
            implementation: { statistic: mean, mustBeBetween: [0.2, 1.5] }
          - type: custom
            engine: pedigree
            implementation: { statistic: quantile, at: 0.9, mustBeLessThan: 2 }
      - { name: self, logicalType: string, enum: ['yes', 'no'] }
      - name: branch
        logicalType: string
        logicalTypeOptions: { pattern: '^[a-z]+$', maxLength: 8, format: uuid }
        quality:
          - { metric: nullValues, mustBeLessThan: 20, unit: percent, severity: warning }
      - { name: seen, logicalType: timestamp }
    quality:
      - { metric: rowCount, mustBeGreaterOrEqualTo: 3 }
      - { metric: duplicateValues, mustBe: 0, arguments: { properties: [branch, seen] } }
      - { type: sql, name: no orphans, query: select 1, mustBe: 0 }
slaProperties:
  - { property: latency, value: 2, unit: d, element: loans.seen }
  - { property: retention, value: 3, unit: y, element: loans.seen }
`;

/** When the rows are fresh. */
export const AT = Date.parse('2026-03-03T00:00:00Z');

export const GOOD: readonly JsonObject[] = [
  { id: 1, ratio: 0.5, self: 'no', branch: 'north', seen: '2026-03-01T09:00:00Z' },
  { id: 2, ratio: 0.8, self: 'yes', branch: 'south', seen: '2026-03-02T09:00:00Z' },
  { id: 3, ratio: 1.1, self: 'no', branch: 'west', seen: '2026-03-02T10:00:00Z' },
];
