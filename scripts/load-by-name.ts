/** Loads the module that a command names on its command line: `npm run bench -- NAME`, `npm run torture -- NAME`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Runnable<C, R> {
  readonly run: (context: C) => Promise<R>;
}

/**
 * The `run` of `<folder>/<name>.js`. Throws an error that lists the names there are: every module of the folder but
 * the harness's own.
 */
export async function loadByName<C, R>(
  folder: string,
  harness: readonly string[],
  name: string | undefined,
): Promise<Runnable<C, R>['run']> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  const names = files.map((file) => file.slice(0, -'.js'.length)).filter((known) => !harness.includes(known));
  if (name === undefined || !names.includes(name)) {
    throw new Error(
      `a name is required: ${names.join(', ') || 'there are none yet'}; but got: ${name ?? 'none'}`,
    );
  }
  const module = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as Runnable<C, R>;
  return module.run;
}
