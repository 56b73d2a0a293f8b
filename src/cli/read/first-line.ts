/** A person's name from standard input: as an argument it would stay in the shell's history and show in the list of processes. */
import { text } from 'node:stream/consumers';

/** The first line of standard input, without its end. */
export async function firstLine(): Promise<string> {
  return (await text(process.stdin)).split(/\r?\n/, 1)[0] as string;
}
