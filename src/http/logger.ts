/** Structured logs on standard error; standard output belongs to whoever started the server. */
import { destination, pino, type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'error' | 'warn' | 'info' | 'debug'>;

/** Tokens and cookies never reach a log. */
const SECRET_PATHS = ['req.headers.authorization', 'req.headers.cookie', 'token', 'password'];

export function createLogger(level: string): Logger {
  return pino({ level, redact: SECRET_PATHS }, destination({ dest: 2, sync: true }));
}
