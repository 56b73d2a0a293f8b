import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';

/** The secret kept in `file`; `undefined` when there is none yet. A file that others could read is closed to them. */
export async function readSecret(file: string): Promise<string | undefined> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    await chmod(file, 0o600);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new password of 256 random bits, in hexadecimal: it needs no quoting, and no program takes it for an option. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Writes a file that only its owner can read, at every moment, and that is either whole or not there. */
export async function writeSecret(file: string, secret: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
