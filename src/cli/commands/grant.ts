/** `pedigree grant`: opens a part of the graph to an outsider on a running server, lists what is open, and closes it. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { ARTIFACT_KINDS } from '../../domain/kinds.js';
import { PedigreeClient } from '../../sdk/index.js';
import { connectionFor } from '../connection.js';

const FIELDS = `id holder purpose caseRef roots direction depth kinds decidedFrom decidedTo asOf reveal personal profile { name digest } budget
  expiresAt issuedBy issuedAt revocation { by reason at }`;

const ISSUE = `mutation ($input: GrantInput!) { issueGrant(input: $input) { token grant { ${FIELDS} } } }`;
const REVOKE = `mutation ($id: ID!, $reason: String!) { revokeGrant(id: $id, reason: $reason) { ${FIELDS} } }`;
const LIST = `query ($after: String) {
  grants(first: 100, after: $after) { hasNextPage endCursor items { ${FIELDS} } }
}`;

const DAY_MS = 86_400_000;

interface IssueOptions {
  readonly holder: string;
  readonly purpose: string;
  readonly case?: string;
  readonly direction: string;
  readonly depth?: number;
  readonly kinds?: readonly string[];
  readonly decidedFrom?: string;
  readonly decidedTo?: string;
  readonly asOf?: string;
  readonly reveal: string;
  readonly personal?: true;
  readonly profile?: string;
  readonly budget?: number;
  readonly days: number;
}

const WHERE = `
The server is PEDIGREE_URL, else the one of this machine's data folder; the token is PEDIGREE_TOKEN, else one of the local key
with the role admin.`;

export function grantCommand(): Command {
  return new Command('grant')
    .description('open a part of the graph to an outsider, for a purpose and until a time')
    .addCommand(issueCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function issueCommand(): Command {
  return new Command('issue')
    .description('issue a grant: prints the grant on standard error and its token, once, on standard output')
    .argument('<root...>', 'ids of the artifacts that it begins at')
    .requiredOption('--holder <name>', 'whom it is for')
    .requiredOption('--purpose <text>', 'why; every read under it is recorded with this')
    .option('--case <reference>', 'the case or file number')
    .addOption(upperCase('--direction <direction>', 'which way it goes', ['UPSTREAM', 'DOWNSTREAM', 'BOTH']))
    .option('--depth <edges>', 'greatest distance from a root', whole)
    .addOption(
      new Option('--kinds <kind...>', 'kinds that are visible; all if left out').choices(ARTIFACT_KINDS),
    )
    .option('--decided-from <time>', 'only decisions from this time on')
    .option('--decided-to <time>', 'only decisions before this time')
    .option('--as-of <point>', 'a tree size or a time; now if left out')
    .addOption(upperCase('--reveal <what>', 'what the holder learns of what is hidden', ['NOTHING', 'KIND']))
    .option('--personal', 'personal values may be read')
    .option('--profile <name>', 'the redaction profile by which personal values are masked')
    .option('--budget <units>', 'most units of query cost a minute', whole)
    .option('--days <days>', 'how long it lasts', whole, 30)
    .addHelpText('after', WHERE)
    .action(
      async (roots: string[], { case: caseRef, profile: name, days, asOf, ...options }: IssueOptions) => {
        const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
        const point =
          asOf === undefined ? undefined : /^\d+$/.test(asOf) ? { treeSize: asOf } : { time: asOf };
        const profile = name === undefined ? undefined : { name };
        const input = { ...options, roots, caseRef, profile, expiresAt, asOf: point };
        const { issueGrant } = await ask<{ issueGrant: { token: string; grant: object } }>(ISSUE, { input });
        process.stderr.write(`${JSON.stringify(issueGrant.grant, null, 2)}\n`);
        process.stdout.write(`${issueGrant.token}\n`);
      },
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('print every grant, newest first, one JSON object a line')
    .addHelpText('after', WHERE)
    .action(async () => {
      for (let after: string | null = null; ;) {
        const { grants }: { grants: Page } = await ask<{ grants: Page }>(LIST, { after });
        for (const grant of grants.items) process.stdout.write(`${JSON.stringify(grant)}\n`);
        if (!grants.hasNextPage) return;
        after = grants.endCursor;
      }
    });
}

interface Page {
  readonly items: readonly object[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('end a grant, on every server: prints it')
    .argument('<id>', 'its UUID')
    .requiredOption('--reason <text>', 'why; kept in the access log for ever')
    .addHelpText('after', WHERE)
    .action(async (id: string, { reason }: { reason: string }) => {
      const { revokeGrant } = await ask<{ revokeGrant: object }>(REVOKE, { id, reason });
      process.stdout.write(`${JSON.stringify(revokeGrant)}\n`);
    });
}

async function ask<T>(document: string, variables: Readonly<Record<string, unknown>>): Promise<T> {
  const client = new PedigreeClient(await connectionFor('admin', 'grant-command'));
  try {
    return await client.query<T>(document, variables);
  } finally {
    await client.close();
  }
}

function upperCase(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).default(choices[0], choices[0]?.toLowerCase()).argParser((text) => {
    if (choices.includes(text.toUpperCase())) return text.toUpperCase();
    throw new InvalidArgumentError(`one of ${choices.join(', ').toLowerCase()} is required`);
  });
}

function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1 is required');
}
