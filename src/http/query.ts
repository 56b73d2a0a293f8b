/** Parameters of a request's query string: each at most once. */
import type { Request } from 'express';
import { PedigreeError, required } from '../domain/errors.js';
import type { AsOfInput } from '../lineage/as-of.js';

/** Undefined if it is not given. Error: `BAD_INPUT` if it is given twice. */
export function textParam(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new PedigreeError('BAD_INPUT', required(`${name} must be given once`, value));
}

/** A whole number from 0. Error: `BAD_INPUT`. */
export function countParam(request: Request, name: string): number | undefined {
  const value = textParam(request, name);
  if (value === undefined) return undefined;
  if (/^\d{1,16}$/.test(value)) return Number(value);
  throw new PedigreeError('BAD_INPUT', required(`${name} must be a whole number from 0`, value));
}

/** `asOf`: a tree size or an ISO 8601 time. Error: `BAD_INPUT`. */
export function asOfParam(request: Request): AsOfInput | undefined {
  const value = textParam(request, 'asOf');
  if (value === undefined) return undefined;
  if (/^\d{1,16}$/.test(value)) return { treeSize: Number(value) };
  const time = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(time)) return { time };
  throw new PedigreeError(
    'BAD_INPUT',
    required('asOf must be a tree size or an ISO 8601 time with a zone', value),
  );
}
