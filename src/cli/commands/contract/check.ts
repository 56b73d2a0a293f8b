/** `pedigree contract check`: rows of a file against a contract; 1 if it is broken. */
import { Command, Option } from 'commander';
import { PedigreeError, required } from '../../../domain/errors.js';
import { checkContract, contractCheck, type Contract, type ContractOutcome } from '../../../sdk/index.js';
import { print, type CommandAnswer } from '../../output/answer.js';
import { strong } from '../../output/style.js';
import { renderTable, type Row } from '../../output/table.js';
import { clientFor, withServerOptions, type ServerOptions } from '../../read/server-options.js';
import { readContract, readRows } from './contract-file.js';

interface Options extends ServerOptions {
  readonly table?: string;
  readonly at?: string;
  readonly about?: string;
  readonly before?: string;
  readonly json?: true;
}

const HELP = `
Rows come from a CSV file with a heading, from NDJSON (.ndjson, .jsonl), or, as CSV, from standard input (-). Nothing is sent
anywhere, unless --about names the data set: then the check is declared there, with counts and row keys, without values.

Exit codes: 0 kept, 1 broken, 2 the contract or the rows cannot be used.

Examples:
  $ pedigree contract check loans.odcs.yaml loans.csv
  $ pedigree contract check loans.odcs.yaml loans.csv --about dataset:lending/part-b@1 --before scoring`;

const BROKEN = 1;
const COLUMNS = ['column', 'rule', 'result', 'failed', 'rows'];

export function contractCheckCommand(): Command {
  const command = new Command('check')
    .description('check the rows of a file against a contract, where the file is')
    .argument('<contract>', 'a file in the Open Data Contract Standard, YAML or JSON')
    .argument('<rows>', 'the rows: CSV or NDJSON; - for CSV from standard input')
    .option('--table <name>', 'which table of the contract, if it has several')
    .option('--at <time>', 'when the rows are to be fresh (ISO 8601); now if left out')
    .option('--about <id>', 'declare the check about this data set version')
    .addOption(
      new Option('--before <use>', 'what the rows are about to be used for').choices(['training', 'scoring']),
    )
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (contract: string, rows: string, options: Options) => {
    process.exitCode = await check(readContract(contract, options.table), rows, options);
  });
}

async function check(contract: Contract, path: string, options: Options): Promise<number> {
  const at = timeIn(options.at);
  const { rows, text } = readRows(path);
  const outcome = await checkContract(contract, rows, { at, text });
  process.stdout.write(print(answerOf(contract, outcome), options.json ? 'json' : 'text'));
  for (const missing of contract.notChecked) process.stderr.write(`not checked: ${missing}\n`);
  if (options.about !== undefined) await declare(contract, outcome, at, { ...options, about: options.about });
  return outcome.passed ? 0 : BROKEN;
}

async function declare(
  contract: Contract,
  outcome: ContractOutcome,
  occurredAt: number,
  { about, before, ...options }: Options & { readonly about: string },
): Promise<void> {
  const client = await clientFor(options, 'contract', 'writer');
  const use = before?.toUpperCase() as 'TRAINING' | 'SCORING' | undefined;
  const statement = contractCheck(contract, outcome, { about, occurredAt, ...(use ? { before: use } : {}) });
  try {
    await client.declare(statement);
    process.stderr.write(`declared: ${statement.id}\n`);
  } finally {
    await client.close();
  }
}

function answerOf(contract: Contract, outcome: ContractOutcome): CommandAnswer {
  const { passed, rowsChecked, rowsFailed, rules } = outcome;
  const rows: Row[] = rules.map(({ column, rule, advisory, failed, samples = [], undecided, ...rest }) => ({
    column: column ?? '',
    rule,
    result: rest.passed
      ? 'kept'
      : undecided !== undefined
        ? `not decided: ${undecided}`
        : advisory
          ? 'advice'
          : 'BROKEN',
    failed: failed ?? '',
    rows: samples.map((key) => key.join(' ')).join(', '),
  }));
  const name = `${contract.name} ${contract.version}`;
  const broken = rules.filter((rule) => !rule.passed && !rule.advisory).length;
  const verdict = passed
    ? `kept: ${name}`
    : `BROKEN: ${name}, ${String(broken)} of ${String(rules.length)} rules`;
  return {
    json: { contract: name, ...outcome },
    rows,
    columns: COLUMNS,
    figures: {},
    text: () =>
      `${strong(verdict)}, ${String(rowsFailed)} of ${String(rowsChecked)} rows\n${renderTable(
        rows.filter(({ result }) => result !== 'kept'),
        COLUMNS,
      )}`,
  };
}

function timeIn(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const time = Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new PedigreeError('BAD_INPUT', required('--at must be an ISO 8601 time', text));
}
