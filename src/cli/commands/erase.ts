/** `pedigree erase`: erases a person on a running server, and prints the certificate. */
import { Command } from 'commander';
import { firstLine } from '../read/first-line.js';
import { needing } from '../read/scope-hint.js';
import { clientFor, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface EraseOptions extends ServerOptions {
  readonly basis: string;
  readonly subject?: string;
}

const MUTATION = `mutation ($subject: String!, $basis: String!) {
  eraseSubject(subject: $subject, basis: $basis) {
    id state generation basis requestedBy requestedAt completedAt asOf
    duty { duty dutyBasis purpose keepUntil }
    entries { id digest leafIndex }
    erased {
      artifacts attestations members withoutDigest
      byPath { path count }
      items { truncated items { id paths } }
    }
    remains {
      datasets { truncated items { id location } }
      models { truncated items }
      summaries { type count }
      statements
    }
  }
}`;

const HELP = `
The person's name is read from standard input, to its first line's end: a name given as an argument stays in the shell's
history and shows in the list of processes. Running the same command again is harmless and prints the same certificate.`;

export function eraseCommand(): Command {
  const command = new Command('erase')
    .description('erase everything personal about a person, and print the certificate as JSON')
    .requiredOption('--basis <text>', 'why; kept in the log for ever, so it must not name the person')
    .option('--subject <name>', 'the person, instead of reading the name from standard input')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (options: EraseOptions) => {
    const subject = options.subject ?? (await firstLine());
    const client = await clientFor(options, 'erase', 'governance');
    const variables = { subject, basis: options.basis };
    const { eraseSubject } = await client
      .query<{ eraseSubject: { readonly state: string } }>(MUTATION, variables)
      .catch(needing('erasing needs the scope ERASE_SUBJECTS: use a token with the role governance'));
    process.stdout.write(`${JSON.stringify(eraseSubject, null, 2)}\n`);
    if (eraseSubject.state === 'RESTRICTED')
      process.stderr.write('nothing is erased yet: a duty keeps the values, restricted to its purpose\n');
    await client.close();
  });
}
