/**
 * `GET /v1/export?of=…&direction=upstream|downstream&format=…&asOf=…`: a whole closure. As ndjson and csv: nodes and then
 * edges; NDJSON has one object a line and begins and ends with one of its own; a file without the last is not whole. As
 * prov-json: one document. As openlineage: the events that said something about it, as a JSON array of the texts that were
 * sent. `asOf` is a tree size or an ISO 8601 time.
 */
import type { Request, Response } from 'express';
import { PedigreeError, required } from '../domain/errors.js';
import { asOfParam, textParam } from './query.js';
import { writeChunk } from './write-chunk.js';
import type { EdgeColumns, NodeColumns } from '../store/closure-reader.js';
import { ProvJsonSink } from '../governance/exports/prov-json.js';
import type {
  EventSink,
  ExportArgs,
  ExportCounts,
  ExportService,
  ExportSink,
} from '../lineage/export-service.js';

type Send = (exports: ExportService, args: ExportArgs, response: Response) => Promise<ExportCounts>;

const FORMATS: Readonly<Record<string, Send>> = {
  ndjson: (exports, args, response) => exports.export(args, ndjsonSink(response)),
  csv: (exports, args, response) => exports.export(args, csvSink(response)),
  'prov-json': (exports, args, response) => exports.export(args, new ProvJsonSink(sendProvJson(response))),
  openlineage: (exports, args, response) => exports.events(args, eventSink(response)),
};
const DIRECTIONS = { upstream: 'UPSTREAM', downstream: 'DOWNSTREAM' } as const;

/** Streams the export, and says how much it had; a client that does not read holds the database back, and one that leaves ends it. */
export async function exportClosure(
  request: Request,
  response: Response,
  exports: ExportService,
): Promise<ExportCounts> {
  const format = oneOf(request, 'format', FORMATS, 'ndjson');
  const counts = await format(exports, exportArgs(request), response);
  response.end();
  return counts;
}

function exportArgs(request: Request): ExportArgs {
  const asOf = asOfParam(request);
  return {
    of: textParam(request, 'of') ?? '',
    direction: oneOf(request, 'direction', DIRECTIONS, 'upstream'),
    asOf,
  };
}

function sendProvJson(response: Response): (asOf: number, document: string) => Promise<void> {
  return (asOf, document) => {
    begin(response, 'application/json', asOf);
    return writeChunk(response, document);
  };
}

/** The texts are sent as they came, spaces and line ends too; an array without its end is not whole. */
function eventSink(response: Response): EventSink {
  let separator = '';
  return {
    begin: (asOf) => {
      begin(response, 'application/json', asOf);
      return writeChunk(response, '[');
    },
    events: (texts) => {
      const text = `${separator}${texts.join(',\n')}`;
      if (texts.length > 0) separator = ',\n';
      return writeChunk(response, text);
    },
    end: () => writeChunk(response, ']\n'),
  };
}

function begin(response: Response, type: string, asOf: number): void {
  response.status(200).type(type).setHeader('Pedigree-As-Of', String(asOf));
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

/**
 * The lines are written as text and not by JSON.stringify, which took a third of an export's time: ids are
 * percent-encoded, digests are hex, and kinds and types are names of ours, so that nothing in them needs escaping.
 */
function ndjsonSink(response: Response): ExportSink {
  return {
    begin: (asOf, incomplete) => {
      response.status(200).type('application/x-ndjson');
      const begin = { record: 'begin', asOf: String(asOf), incomplete };
      return writeChunk(response, `${JSON.stringify(begin)}\n`);
    },
    nodes: (nodes) => writeChunk(response, nodeLines(nodes)),
    edges: (edges) => writeChunk(response, edgeLines(edges)),
    surrogates: (surrogates) =>
      writeChunk(
        response,
        surrogates
          .map(({ id, kind, effects, causes }) => {
            const record = { record: 'surrogate', id, reason: 'OUTSIDE_GRANT', kind, effects, causes };
            return `${JSON.stringify(record)}\n`;
          })
          .join(''),
      ),
    end: ({ nodes, edges }) =>
      writeChunk(response, `{"record":"end","nodes":${String(nodes)},"edges":${String(edges)}}\n`),
  };
}

function nodeLines({ depth, ids, kinds, digests, times }: NodeColumns): string {
  let text = '';
  for (const [i, id] of ids.entries()) {
    text += `{"record":"node","id":"${id}","kind":"${kinds[i] ?? ''}","depth":${String(depth)}`;
    const [digest, time] = [digests[i], times[i]];
    if (digest != null) text += `,"digest":"${digest}"`;
    if (time != null) text += `,"occurredAt":${String(time)}`;
    text += '}\n';
  }
  return text;
}

function edgeLines({ type, from, to }: EdgeColumns): string {
  let text = '';
  for (const [i, id] of from.entries()) {
    text += `{"record":"edge","type":"${type}","from":"${id}","to":"${to[i] ?? ''}"}\n`;
  }
  return text;
}

/** One table for both: a node has id, kind, depth, digest and occurredAt, an edge has type, from and to, a link to or from a surrogate the last two. */
function csvSink(response: Response): ExportSink {
  const rows = (items: readonly (readonly (string | number | null | undefined)[])[]): Promise<void> =>
    writeChunk(response, items.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join(''));
  return {
    begin: (asOf, incomplete) => {
      begin(response, 'text/csv', asOf);
      if (incomplete !== undefined) response.setHeader('Pedigree-Incomplete', incomplete);
      return rows([['record', 'id', 'kind', 'depth', 'digest', 'occurredAt', 'type', 'from', 'to']]);
    },
    nodes: ({ depth, ids, kinds, digests, times }) =>
      rows(ids.map((id, i) => [...['node', id, kinds[i], depth, digests[i], times[i]], ...['', '', '']])),
    edges: ({ type, from, to }) => rows(from.map((id, i) => ['edge', '', '', '', '', '', type, id, to[i]])),
    surrogates: (surrogates) =>
      rows(
        surrogates.flatMap(({ id, kind, effects, causes }) => [
          ['surrogate', id, kind, '', '', '', '', '', ''],
          ...effects.map((effect) => ['link', '', '', '', '', '', '', effect, id]),
          ...causes.map((cause) => ['link', '', '', '', '', '', '', id, cause]),
        ]),
      ),
    end: () => rows([['end', '', '', '', '', '', '', '', '']]),
  };
}

/** RFC 4180. Ids are percent-encoded, so no cell can hold a comma, a quote or what a spreadsheet runs as a formula. */
function toCell(value: string | number | null | undefined): string {
  return value == null ? '' : String(value);
}
