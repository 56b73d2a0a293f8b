/** `pedigree custody`: through whose hands an artifact and everything upstream of it went, and where the chain breaks. */
import type { Command } from 'commander';
import type { CommandAnswer } from '../output/answer.js';
import { cleanText } from '../output/clean-text.js';
import { strong } from '../output/style.js';
import { renderTable, type Row } from '../output/table.js';
import { AS_OF, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Custody {
  readonly asOf: string;
  readonly events: readonly (Row & { readonly takenFrom: readonly string[] })[];
  readonly breaks: readonly { readonly code: string; readonly artifact: string; readonly message: string }[];
  readonly unconfirmed: number;
  readonly truncated: boolean;
}

const QUERY = `query ($of: ID!, $asOf: AsOf) {
  custody(of: $of, asOf: $asOf) {
    asOf unconfirmed truncated breaks { code artifact message }
    events { occurredAt what artifact depth by takenFrom entry digest leafIndex recordedAt }
  }
}`;

const COLUMNS = [
  ...['record', 'occurredAt', 'what', 'artifact', 'depth', 'by', 'takenFrom', 'entry', 'digest', 'leafIndex'],
  ...['recordedAt', 'message'],
];

export function custodyCommand(): Command {
  return toCommand<{ readonly asOf?: string }>({
    name: 'custody',
    description:
      'show through whose hands an artifact and everything upstream of it went, and where that chain breaks',
    parameters: { '<id>': 'the artifact, as kind:namespace/name@version' },
    options: [AS_OF],
    figures: ['events', 'breaks', 'unconfirmed'],
    examples: [
      'custody model:lending/credit@1',
      'custody prediction:lending/loan@1 --csv',
      "custody model:lending/credit@1 --fail-on 'breaks>100'",
    ],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [of = '']: readonly string[],
  options: { readonly asOf?: string },
): Promise<CommandAnswer> {
  const { custody } = await ask<{ custody: Custody }>(QUERY, { of, asOf: parseAsOf(options.asOf) });
  const { events, breaks, unconfirmed, truncated } = custody;
  return {
    json: custody,
    rows: [
      ...events.map((event) => ({ record: 'event', ...event })),
      ...breaks.map(({ code, ...rest }) => ({ record: 'break', what: code, ...rest })),
    ],
    columns: COLUMNS,
    text: () => textOf(custody),
    figures: { events: events.length, breaks: breaks.length, unconfirmed },
    notes: truncated
      ? ['the ancestry is larger than an answer holds: more is upstream of what is shown']
      : [],
  };
}

function textOf({ events, breaks, unconfirmed }: Custody): string {
  const rows = events.map((event) => ({ ...event, takenFrom: event.takenFrom.join(', ') }));
  return [
    renderTable(rows, ['occurredAt', 'what', 'artifact', 'by', 'takenFrom', 'leafIndex']),
    `${strong(`${String(breaks.length)} breaks`)}, ${String(unconfirmed)} links without a digest\n`,
    ...breaks.map(({ code, artifact, message }) => cleanText(`${code} ${artifact}: ${message}`).concat('\n')),
  ].join('');
}
