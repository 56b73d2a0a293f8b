/** The two pages that the server writes itself, in the moments of a sign-in in which a browser has no page of ours. */
import type { Response } from 'express';
import { escapeHtml } from '../domain/html.js';

/**
 * Leads on to an address of this server. A redirect would still count as coming from the other site, and the strict
 * session cookie would not be sent with it.
 */
export function sendLeadOn(response: Response, to: string): void {
  response
    .type('html')
    .send(
      `<!doctype html><meta http-equiv="refresh" content="0;url=${escapeHtml(to)}"><title>Pedigree</title>`,
    );
}

/** Says why nobody is signed in, and how to begin again. */
export function sendNotSignedIn(response: Response, status: number, reason: string): void {
  response
    .status(status)
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Not signed in · Pedigree</title>` +
        `<main><h1>Not signed in</h1><p role="alert">${escapeHtml(reason)}</p><p><a href="/">Back to the sign-in</a></p></main>`,
    );
}
