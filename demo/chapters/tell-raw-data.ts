import type { ArtifactDeclaration, AttestationDeclaration, Declaration, Ref } from '../../src/sdk/index.js';
import { after, CALENDAR } from '../calendar.js';
import { APPLICATION_SCHEMA, keyRangeOf } from '../schemas.js';
import type { Scene, Stage } from '../stage.js';
import { CONTRACT } from '../steps/check-contract.js';
import type { Cleaned } from '../steps/clean-applications.js';
import { applicationsDigest } from '../steps/table-digest.js';
import { RAW_FILE, type ModelWork } from './model-work.js';

/** Derived tables have a digest and no place: anyone can compute them again from the raw file and the commits. */
const HELD_IN_MEMORY =
  'Held in memory by the demo; the digest is of its CSV form (demo/steps/table-digest.ts).';

export interface CleanData {
  readonly raw: ArtifactDeclaration<'Dataset'>;
  readonly clean: ArtifactDeclaration<'Dataset'>;
  readonly scenes: readonly Scene[];
}

/** The published file, the row in it that is no applicant, and the table without that row. */
export async function tellRawData(stage: Stage, work: ModelWork): Promise<CleanData> {
  const raw = stage.build.dataset({
    name: 'applications-raw',
    version: stage.version('1996'),
    occurredAt: CALENDAR.rawData,
    description:
      'Mortgage applications in Boston, 1990, with race, credit history and the lender’s decision: Federal Reserve Bank of ' +
      'Boston; Munnell, Tootell, Browne and McEneaney, American Economic Review 86 (1996). As published.',
    owner: 'Data engineering',
    schema: APPLICATION_SCHEMA,
    location: RAW_FILE,
    contentDigest: work.rawDigest,
    rowCount: work.raw.length,
    classification: 'SPECIAL',
    contract: CONTRACT,
    keys: keyRangeOf(work.raw),
  });
  const check = stage.contractCheck(raw, CALENDAR.rawCheck, work.rawCheck);
  const { clean, declarations } = await tellCleaning(stage, work, raw);
  const [dropped] = work.cleaned.dropped;
  return {
    raw,
    clean,
    scenes: [
      {
        title: `Raw data: ${work.raw.length} rows; the contract check finds row ${dropped}`,
        declarations: [raw, check],
      },
      { title: `Cleaning: row ${dropped} is left out, and the lineage says why`, declarations },
    ],
  };
}

async function tellCleaning(
  stage: Stage,
  { cleaned, cleanCheck }: ModelWork,
  raw: ArtifactDeclaration<'Dataset'>,
): Promise<{ clean: ArtifactDeclaration<'Dataset'>; declarations: Declaration[] }> {
  const { run, declarations } = stage.completedRun({
    name: 'clean-applications',
    step: 'clean-applications',
    run: '2026-01-05',
    startedAt: CALENDAR.cleaning,
    minutes: 5,
    description: 'Leaves out the rows that break the contract and types the values of the others.',
    owner: 'Data engineering',
    reads: raw,
    parameters: { onBreach: 'leave the row out' },
    extra: {
      droppedRows: rowKeys(cleaned.dropped),
      rowsIn: cleaned.kept.length + cleaned.dropped.length,
      rowsOut: cleaned.kept.length,
    },
  });
  const clean = stage.build.dataset({
    name: 'applications-clean',
    version: stage.version('2026-01-05'),
    occurredAt: after(CALENDAR.cleaning, 5),
    description: `Every row of the published file that is an application. ${HELD_IN_MEMORY}`,
    owner: 'Data engineering',
    schema: APPLICATION_SCHEMA,
    contentDigest: await applicationsDigest(cleaned.applications),
    rowCount: cleaned.applications.length,
    classification: 'SPECIAL',
    contract: CONTRACT,
    keys: keyRangeOf(cleaned.kept),
    producedBy: { to: run, rows: [{ from: raw, mode: 'FILTER' }] },
  });
  const rationale = tellWhy(stage, cleaned, [run, clean, raw]);
  const check = stage.contractCheck(clean, CALENDAR.cleanCheck, cleanCheck);
  return { clean, declarations: [...declarations, clean, rationale, check] };
}

function tellWhy(stage: Stage, { dropped }: Cleaned, about: readonly Ref[]): AttestationDeclaration {
  return stage.build.attest({
    type: 'RATIONALE',
    about,
    occurredAt: after(CALENDAR.cleaning, 5),
    fields: {
      author: 'Data engineering',
      text:
        `Row ${dropped.join(', ')} of the published file is no applicant: its credit scores, 2.116 and 1.721, are the ` +
        'means of their columns, and two of its values are missing. It was left out; no other row was.',
      extra: { droppedRows: rowKeys(dropped) },
    },
  });
}

function rowKeys(rows: readonly number[]): number[][] {
  return rows.map((row) => [row]);
}
