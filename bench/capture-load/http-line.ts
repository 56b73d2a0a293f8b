/**
 * An HTTP/1.1 connection that costs the load generator next to nothing: requests are bytes made beforehand, and of an
 * answer only its status, its end and one mark of failure are looked at. It shares two cores with what it measures.
 */
import { connect, type Socket } from 'node:net';

export interface HttpRequest {
  readonly url: string;
  readonly path: string;
  readonly token: string;
  readonly type: 'application/x-ndjson' | 'application/json';
}

/** A whole request with a body of known length. */
export function toRequest(request: HttpRequest, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${headOf(request)}Content-Length: ${body.length}\r\n\r\n`), body]);
}

export class HttpLine {
  private received = '';
  private done: { resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.take(text);
    });
    socket.on('error', (error) => this.done?.reject(error));
    socket.on('close', () => this.done?.reject(new Error(`the server hung up after: ${this.received}`)));
  }

  static async open(url: string): Promise<HttpLine> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpLine(socket);
  }

  /** Sends one request; resolves at the end of its answer, and rejects if the server refused anything of it. */
  send(request: Buffer): Promise<void> {
    return this.answered(() => this.socket.write(request));
  }

  /** Sends a body of unknown length, piece by piece as the server takes it; `pieces` makes each when it is needed. */
  async stream(request: HttpRequest, pieces: Iterable<Buffer>): Promise<void> {
    const answered = this.answered(() => {
      this.socket.write(`${headOf(request)}Transfer-Encoding: chunked\r\n\r\n`);
    });
    const failed = answered.then(() => undefined);
    for (const piece of pieces) {
      const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, CHUNK_END]);
      if (this.socket.write(chunk)) continue;
      await Promise.race([new Promise((resolve) => this.socket.once('drain', resolve)), failed]);
    }
    this.socket.write('0\r\n\r\n');
    await answered;
  }

  close(): void {
    this.done = undefined;
    this.socket.destroy();
  }

  private answered(send: () => void): Promise<void> {
    this.received = '';
    return new Promise((resolve, reject) => {
      this.done = { resolve, reject };
      send();
    });
  }

  private take(text: string): void {
    const { received } = this;
    const failed = (received === '' && !/^HTTP\/1\.1 20[014]/.test(text)) || text.includes('"error"');
    if (failed) this.done?.reject(new Error(`a receipt for each item is required, but got: ${text}`));
    // What is kept is enough for the head of an answer and for the end of a chunked one.
    const kept = received.length < 2_000 ? received : received.slice(0, 1_000) + received.slice(-10);
    this.received = kept + text;
    if (isWhole(this.received)) this.done?.resolve();
  }
}

const CHUNK_END = Buffer.from('\r\n');

function headOf({ url, path, token, type }: HttpRequest): string {
  const { host } = new URL(url);
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\n`;
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /content-length: (\d+)/i.exec(answer.slice(0, head))?.[1];
  if (length !== undefined) return answer.length >= head + 4 + Number(length);
  return answer.startsWith('HTTP/1.1 204') || answer.endsWith('\r\n0\r\n\r\n');
}
