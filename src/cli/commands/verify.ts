/** `pedigree verify`: checks an evidence file without network, server or database. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EXIT_CODES, verifyEvidence, type Verdict } from '../../verify/index.js';
import { tellVerdict } from '../tell-verdict.js';

interface VerifyOptions {
  readonly key: string;
  readonly seen?: string;
  readonly json?: true;
}

const HELP = `
Exit codes: 0 verified: the whole ancestry is proved; 1 altered: something does not fit, and is named; 2 incomplete: what
is there is proved, but part of the ancestry is withheld, missing or only asserted; 3 unreadable: no evidence file.
Withheld values do not make an ancestry incomplete: they are counted, and what the log has committed to stays proved.
A value that a redaction profile masked is asserted, not proved: it is withheld, and the server says what is left of it.`;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('check an evidence file, without network, server or database')
    .argument('<file>', 'the file; - for standard input')
    .requiredOption('--key <vkey>', 'the log’s public key, got in another way than the file')
    .option(
      '--seen <file>',
      'a checkpoint of the log that you kept, as "pedigree follow" does: an older one is refused',
    )
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', HELP)
    .action((path: string, { key, seen, json }: VerifyOptions) => {
      const last = seen === undefined ? {} : { seen: readFileSync(seen, 'utf8') };
      const text = readText(path);
      const verdict = typeof text === 'string' ? verifyEvidence(text, { key, ...last }) : text;
      process.stdout.write(json === true ? `${JSON.stringify(verdict, null, 2)}\n` : tellVerdict(verdict));
      process.exitCode = EXIT_CODES[verdict.outcome];
    });
}

/** A file that cannot be read is a verdict, too: scripts look at one exit code. */
function readText(path: string): string | Verdict {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(path === '-' ? 0 : path),
    );
  } catch (error) {
    const problems = [{ part: 'the file', message: (error as Error).message }];
    const nothing = { missing: [], withheld: [], masked: [], asserted: [], unproved: [] };
    return { outcome: 'UNREADABLE', problems, ...nothing };
  }
}
