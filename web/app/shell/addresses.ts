/** The address of everything: what a page shows is in its address, so that it can be sent to somebody. */
import { parseId } from '../parts/artifact-id.js';

type Params = Readonly<Record<string, string | number | undefined>>;

export function address(path: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Where an artifact is shown: a decision has a page of its own. */
export function artifactAddress(id: string, asOf?: string): string {
  const page = parseId(id).kind === 'Prediction' ? '/decision' : '/artifact';
  return address(page, { id, at: asOf });
}
