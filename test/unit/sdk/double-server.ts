/** A server on this machine that answers as a test scripts it, to see what the client sends. Real sockets, no mocks. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Receipt } from '../../../src/sdk/index.js';

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The ids of the declarations in the body, in order. */
  readonly ids: readonly string[];
}

export type Answer = (request: SeenRequest, response: ServerResponse) => unknown;

export class DoubleServer {
  readonly requests: SeenRequest[] = [];
  private readonly answers: Answer[] = [];
  private fallback: Answer = acceptAll;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** Listens on a port that is free, or on one where a server was before. */
  static async start(port = 0): Promise<DoubleServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const double = new DoubleServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const path = request.url ?? '';
        const seen = { path, headers: request.headers, body, ids: path === '/graphql' ? [] : idsOf(body) };
        double.requests.push(seen);
        (double.answers.shift() ?? double.fallback)(seen, response);
      });
    });
    return double;
  }

  /** The next answers, in order; then everything is accepted. */
  script(...answers: Answer[]): void {
    this.answers.push(...answers);
  }

  always(answer: Answer): void {
    this.fallback = answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Accepts every item. */
const acceptAll: Answer = ({ ids }, response) => {
  sendReceipts(
    response,
    ids.map((_, index) => accepted(index, ids)),
  );
};

/** A problem document (RFC 9457). */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(
      JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `because of ${code}` }),
    );
  };
}

/** Accepts the first `count` items, then breaks the connection in the middle of the next line. */
export function breakAfter(count: number): Answer {
  return ({ ids }, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const lines = ids.slice(0, count).map((_, index) => `${JSON.stringify(accepted(index, ids))}\n`);
    response.write(`${lines.join('')}{"index":${count},"id":"cut of`, () => response.destroy());
  };
}

/** Answers with receipts made by `make`. */
export function receipts(make: (index: number, ids: readonly string[]) => Receipt): Answer {
  return ({ ids }, response) => {
    sendReceipts(
      response,
      ids.map((_, index) => make(index, ids)),
    );
  };
}

export function accepted(index: number, ids: readonly string[]): Receipt {
  return { index, id: ids[index] ?? '', digest: 'ab'.repeat(32), leafIndex: 100 + index, repeated: false };
}

export function refused(index: number, ids: readonly string[], code = 'CYCLE'): Receipt {
  const message = `item ${index} (${ids[index] ?? ''}): refused by the test`;
  return { index, id: ids[index] ?? '', error: { code, message, details: { reason: 'test' } } };
}

function sendReceipts(response: ServerResponse, list: readonly Receipt[]): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.end(list.map((receipt) => `${JSON.stringify(receipt)}\n`).join(''));
}

function idsOf(body: string): string[] {
  return body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);
}
