/** A contract between data and its use: what breaks it is declared, and stops the pipeline. */
import type { Contract } from '../../domain/contract/contract.js';
import type { AttestationDeclaration } from '../../domain/declaration.js';
import type { JsonObject } from '../../domain/json.js';
import { attest } from '../attest.js';
import { jsonDigestOf } from '../content-digest.js';
import { ClientError } from '../errors.js';
import { idOf, listOf, type Ref } from '../links.js';
import { parseUrn } from '../../domain/urn.js';
import {
  ContractChecker,
  type CheckedRule,
  type CheckOptions,
  type ContractOutcome,
} from './check-contract.js';
import type { Row } from './rule-states.js';

/** What a check is said about. */
export interface CheckStatement {
  /** The data set version, and what else it is about. */
  readonly about: Ref | readonly Ref[];
  /** Milliseconds since the epoch or an ISO 8601 time with zone; now, if left out. */
  readonly occurredAt?: number | string;
  readonly author?: string;
  /** What the data was about to be used for. */
  readonly before?: 'TRAINING' | 'SCORING';
  /** The attestation's namespace; that of the first artifact, if left out. */
  readonly namespace?: string;
}

export interface GateOptions extends CheckStatement, CheckOptions {}

interface Declarer {
  declare(declaration: AttestationDeclaration): Promise<unknown>;
}

/** The data broke its contract; the check was declared. `outcome` says how, by row keys. */
export class ContractBroken extends ClientError {
  override readonly name = 'ContractBroken';

  constructor(
    readonly contract: Contract,
    readonly outcome: ContractOutcome,
    /** The declared check. */
    readonly check: AttestationDeclaration,
  ) {
    super('CONTRACT_BROKEN', messageOf(contract, outcome, check));
  }
}

/**
 * Checks all rows and declares the check; then throws `ContractBroken` if the contract is. Use it before training or scoring.
 *
 * @example await gateContract(client, contract, rows, { about: batch, before: 'SCORING' })
 */
export async function gateContract(
  client: Declarer,
  contract: Contract,
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: GateOptions,
): Promise<ContractOutcome> {
  const checker = new ContractChecker(contract, options);
  for await (const row of rows) checker.add(row);
  return conclude(client, contract, checker.outcome(), options);
}

/**
 * The same rows, checked as they go through. The check is declared after the last of them, and a broken contract thrown
 * there: whoever reads to the end before using them uses no bad batch.
 *
 * @example for await (const row of gatedRows(client, contract, rows, { about: batch })) train.push(row)
 */
export async function* gatedRows<R extends Row>(
  client: Declarer,
  contract: Contract,
  rows: Iterable<R> | AsyncIterable<R>,
  options: GateOptions,
): AsyncGenerator<R, void> {
  const checker = new ContractChecker(contract, options);
  for await (const row of rows) {
    checker.add(row);
    yield row;
  }
  await conclude(client, contract, checker.outcome(), options);
}

async function conclude(
  client: Declarer,
  contract: Contract,
  outcome: ContractOutcome,
  options: GateOptions,
): Promise<ContractOutcome> {
  const check = contractCheck(contract, outcome, options);
  await client.declare(check);
  if (!outcome.passed) throw new ContractBroken(contract, outcome, check);
  return outcome;
}

/** A check as an attestation: counts, row keys and the contract's digest, no values. */
export function contractCheck(
  contract: Contract,
  outcome: ContractOutcome,
  { about, occurredAt = Date.now(), author, before, namespace }: CheckStatement,
): AttestationDeclaration {
  const { passed, rowsChecked, rowsFailed, rules } = outcome;
  const extra: JsonObject = {
    table: contract.table,
    ...(before === undefined ? {} : { before }),
    ...(contract.notChecked.length === 0 ? {} : { notChecked: contract.notChecked }),
  };
  return attest({
    type: 'CONTRACT_CHECK',
    about,
    occurredAt,
    ...(namespace === undefined ? {} : { namespace }),
    fields: {
      ...(author === undefined ? {} : { author }),
      contract: `${contract.name} ${contract.version}`,
      contractDigest: jsonDigestOf(contract.document),
      ...{ passed, rowsChecked, rowsFailed },
      checks: rules.map(({ rule, advisory, undecided, samples, ...result }) => ({
        rule: `${rule}${advisory ? ' (advice)' : ''}${undecided === undefined ? '' : ` (not decided: ${undecided})`}`,
        ...result,
        ...(samples === undefined || samples.length === 0 ? {} : { samples }),
      })),
      extra,
    },
  });
}

/** A contract as a declaration: one version, for good. `about` are the data sets from which on it holds. */
export function contractDeclaration(
  contract: Contract,
  { about, occurredAt = Date.now(), author, namespace }: Omit<CheckStatement, 'before'>,
): AttestationDeclaration {
  const [first = ''] = listOf(about).map(idOf);
  return attest({
    type: 'CONTRACT',
    about,
    occurredAt,
    namespace: namespace ?? parseUrn(first).namespace,
    name: `contract-${contract.name}`,
    version: contract.version,
    fields: {
      ...(author === undefined ? {} : { author }),
      document: contract.document,
      contractDigest: jsonDigestOf(contract.document),
    },
  });
}

/** Most rules that a message names. */
const TOLD = 3;

function messageOf(contract: Contract, outcome: ContractOutcome, check: AttestationDeclaration): string {
  const broken = outcome.rules.filter(({ passed, advisory }) => !passed && !advisory);
  const told = broken.slice(0, TOLD).map(wordsOf);
  const more = broken.length - told.length;
  return (
    `${check.about.join(', ')} must keep the contract ${contract.name} ${contract.version}, but ${String(broken.length)} of its ` +
    `${String(outcome.rules.length)} rules are broken: ${told.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`
  );
}

function wordsOf({ column, rule, failed, samples = [], undecided }: CheckedRule): string {
  const what = column === undefined ? rule : `${column}: ${rule}`;
  if (undecided !== undefined) return `${what} (not decided: ${undecided})`;
  if (failed === undefined) return what;
  const keys = samples.slice(0, TOLD).map((key) => key.join(' '));
  const such = keys.length === 0 ? '' : `, such as ${keys.join(', ')}`;
  return `${what} (${String(failed)} ${failed === 1 ? 'row' : 'rows'}${such})`;
}
