/** A client that goes away ends what the database is still doing for it. */
import type { NextFunction, Request, Response } from 'express';
import { cancelledBy } from '../store/cancellation.js';

export function cancelWithRequest(_request: Request, response: Response, next: NextFunction): void {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  cancelledBy(gone.signal, next);
}
