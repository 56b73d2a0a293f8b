/** `pedigree retire`: who depends on a model; and, with a reason, that it is out of use. */
import { Option, type Command } from 'commander';
import { PedigreeError } from '../../domain/errors.js';
import type { CommandAnswer } from '../output/answer.js';
import { strong } from '../output/style.js';
import { renderTable, type Row } from '../output/table.js';
import { toCommand, type Ask } from '../read/read-command.js';
import { needing } from '../read/scope-hint.js';

interface Options {
  readonly reason?: string;
  readonly force?: true;
}

interface Check {
  readonly asOf: string;
  readonly truncated: boolean;
  readonly dependents: readonly (Row & { readonly refuses: boolean })[];
}

interface Retirement {
  readonly id: string;
  readonly digest: string;
  readonly leafIndex: string;
  readonly check: Check;
}

const CHECK = 'asOf truncated dependents { dependence model endpoint refuses }';
const COLUMNS = ['dependence', 'model', 'endpoint', 'refuses'];

export function retireCommand(): Command {
  return toCommand<Options>({
    name: 'retire',
    description: 'show who depends on a model; with --reason, retire it unless it is in use',
    parameters: { '<id>': 'the model, as model:namespace/name@version' },
    options: [
      new Option(
        '--reason <text>',
        'why: retires the model, and is kept in the log; without it nothing is changed',
      ),
      new Option('--force', 'retire it although it is in use'),
    ],
    figures: ['dependents', 'refusing'],
    examples: ['retire model:lending/credit@1', "retire model:lending/credit@1 --fail-on 'refusing>10'"],
    role: ({ reason }) => (reason === undefined ? 'reader' : 'writer'),
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [model = '']: readonly string[],
  { reason, force }: Options,
): Promise<CommandAnswer> {
  if (reason === undefined) {
    if (force) throw new PedigreeError('BAD_INPUT', '--force is for retiring, which needs --reason');
    const { retirementCheck: check } = await ask<{ retirementCheck: Check }>(
      `query ($model: ID!) { retirementCheck(model: $model) { ${CHECK} } }`,
      { model },
    );
    return toAnswer(check, check, 'nothing was changed: --reason retires the model');
  }
  const { retireModel: retired } = await ask<{ retireModel: Retirement }>(
    `mutation ($model: ID!, $reason: String!, $force: Boolean!) {
      retireModel(model: $model, reason: $reason, force: $force) { id digest leafIndex check { ${CHECK} } }
    }`,
    { model, reason, force: force ?? false },
  ).catch(needing('retiring needs the scope WRITE_LINEAGE: use a token with the role writer or governance'));
  return toAnswer(retired.check, retired, `retired: ${retired.id}, entry ${retired.leafIndex} of the log`);
}

function toAnswer({ dependents, truncated }: Check, json: unknown, note: string): CommandAnswer {
  const refusing = dependents.filter(({ refuses }) => refuses).length;
  return {
    json,
    rows: dependents,
    columns: COLUMNS,
    text: () =>
      `${strong(`${String(dependents.length)} dependents`)}, ${String(refusing)} in use\n${renderTable(dependents, COLUMNS)}`,
    figures: { dependents: dependents.length, refusing },
    notes: [note, ...(truncated ? ['more models depend on it than are looked at'] : [])],
  };
}
