/**
 * `GET /v1/export?of=…&direction=upstream|downstream&format=ndjson|csv&asOf=…`: a whole closure, nodes and then edges.
 * NDJSON has one object a line and begins and ends with one of its own; a file without the last is not whole.
 * `asOf` is a tree size or an ISO 8601 time.
 */
import type { Request, Response } from 'express';
import { PedigreeError, required } from '../domain/errors.js';
import type { ExportArgs, ExportService, ExportSink } from '../lineage/export-service.js';
import { asOfParam, textParam } from './query.js';
import { writeChunk } from './write-chunk.js';

const FORMATS = { ndjson: ndjsonSink, csv: csvSink } as const;
const DIRECTIONS = { upstream: 'UPSTREAM', downstream: 'DOWNSTREAM' } as const;

/** Streams the export; a client that does not read holds the database back, and one that leaves ends it. */
export async function exportClosure(
  request: Request,
  response: Response,
  exports: ExportService,
): Promise<void> {
  const format = oneOf(request, 'format', FORMATS, 'ndjson');
  await exports.export(exportArgs(request), format(response));
  response.end();
}

function exportArgs(request: Request): ExportArgs {
  const asOf = asOfParam(request);
  return {
    of: textParam(request, 'of') ?? '',
    direction: oneOf(request, 'direction', DIRECTIONS, 'upstream'),
    asOf,
  };
}

function oneOf<T extends object>(
  request: Request,
  name: string,
  choices: T,
  fallback: keyof T & string,
): T[keyof T] {
  const value = textParam(request, name) ?? fallback;
  if (Object.hasOwn(choices, value)) return choices[value as keyof T];
  throw new PedigreeError(
    'BAD_INPUT',
    required(`${name} must be one of ${Object.keys(choices).join(', ')}`, value),
  );
}

function ndjsonSink(response: Response): ExportSink {
  const lines = (items: readonly object[]): Promise<void> =>
    writeChunk(response, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  return {
    begin: (asOf) => {
      response.status(200).type('application/x-ndjson');
      return lines([{ record: 'begin', asOf: String(asOf) }]);
    },
    nodes: (nodes) => lines(nodes.map((node) => ({ record: 'node', ...node }))),
    edges: (edges) => lines(edges.map((edge) => ({ record: 'edge', ...edge }))),
    end: (counts) => lines([{ record: 'end', ...counts }]),
  };
}

/** One table for both: a node has id, kind, depth, digest and occurredAt, an edge has type, from and to. */
function csvSink(response: Response): ExportSink {
  const rows = (items: readonly (readonly (string | number | undefined)[])[]): Promise<void> =>
    writeChunk(response, items.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join(''));
  return {
    begin: (asOf) => {
      response.status(200).type('text/csv').setHeader('Pedigree-As-Of', String(asOf));
      return rows([['record', 'id', 'kind', 'depth', 'digest', 'occurredAt', 'type', 'from', 'to']]);
    },
    nodes: (nodes) =>
      rows(
        nodes.map(({ id, kind, depth, digest, occurredAt }) => [
          ...['node', id, kind, depth, digest, occurredAt],
          ...['', '', ''],
        ]),
      ),
    edges: (edges) => rows(edges.map(({ type, from, to }) => ['edge', '', '', '', '', '', type, from, to])),
    end: () => rows([['end', '', '', '', '', '', '', '', '']]),
  };
}

/** RFC 4180. Ids are percent-encoded, so no cell can hold a comma, a quote or what a spreadsheet runs as a formula. */
function toCell(value: string | number | undefined): string {
  return value === undefined ? '' : String(value);
}
