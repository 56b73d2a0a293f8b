/** Evidence files of every sort, honest and not, with the verdict that each must get from every verifier. */
import { formatEvidence, type EvidenceFile } from '../../src/verify/evidence-file.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';
import { entriesCases } from './entries-cases.js';
import type { EvidenceCase } from './evidence-case.js';
import { checksumOf, EvidenceDouble, signerOf } from './evidence-double.js';
import { maskedCases } from './masked-cases.js';

/** A decision with all that leads to it, an edge that was withdrawn, a read that was bound twice. */
export const STORY = [
  artifact('Dataset', 'raw', [], { fields: { rowCount: 2381, contentDigest: `sha256:${'a'.repeat(64)}` } }),
  artifact('Dataset', 'other'),
  artifact('Transform', 'clean', [edge('READ', id('Dataset', 'read'))]),
  artifact('Dataset', 'read'),
  artifact('Dataset', 'train', [edge('PRODUCED_BY', id('Transform', 'clean'))]),
  artifact('FeatureDef', 'income', [edge('DERIVED_FROM', id('Dataset', 'train'))]),
  artifact('Model', 'scorer', [
    edge('TRAINED_ON', id('Dataset', 'train')),
    edge('TRAINED_ON', id('Dataset', 'other')),
    edge('USES', id('FeatureDef', 'income'), { props: { input: 'income' } }),
  ]),
  bound(1, 'other'),
  bound(2, 'raw'),
  attestation('correct', 'CORRECTS', [id('Model', 'scorer')], {
    fields: { reason: 'never trained on it' },
    withdraws: [{ type: 'TRAINED_ON', from: id('Model', 'scorer'), to: id('Dataset', 'other') }],
  }),
  attestation('approve', 'APPROVED', [id('Model', 'scorer')], {
    fields: { approver: 'board', decision: 'APPROVED' },
  }),
  prediction(
    'decided',
    'scorer',
    [edge('SCORED', id('Dataset', 'raw'), { props: { role: 'INPUT' }, row: [9] })],
    {
      subjects: ['applicant-9'],
      fields: { outcome: 'DENY', score: 0.25, explanation: 'debt' },
      features: { income: { value: 1e-7, contribution: 0.5 } },
    },
  ),
  artifact('Dataset', 'unrelated'),
];

function bound(i: number, to: string) {
  return attestation(`bind${i}`, 'RESOLVED', [id('Dataset', 'read')], {
    edges: [{ type: 'RESOLVED_TO', from: id('Dataset', 'read'), to: id('Dataset', to) }],
  });
}

const DECIDED = id('Prediction', 'decided');

/** The cases, and the key that they are checked with. */
export async function evidenceCases(): Promise<{ key: string; cases: EvidenceCase[] }> {
  const log = new EvidenceDouble(STORY);
  return {
    key: log.key,
    cases: [
      ...(await honest(log)),
      ...(await lies(log)),
      ...(await maskedCases(log)),
      ...(await entriesCases(log)),
    ],
  };
}

async function honest(log: EvidenceDouble): Promise<EvidenceCase[]> {
  const reader = {
    value: ({ subject }: { subject?: string }) => subject === undefined,
    edge: () => true,
    by: false,
  };
  const many = new EvidenceDouble([
    ...STORY,
    artifact(
      'Model',
      'wide',
      Array.from({ length: 300 }, (_, i) => edge('TRAINED_ON', id('Dataset', `d${i}`))),
    ),
    ...Array.from({ length: 300 }, (_, i) => artifact('Dataset', `d${i}`)),
  ]);
  return [
    { name: 'everything', text: await log.text(DECIDED), outcome: 'VERIFIED' },
    { name: 'without personal values', text: await log.text(DECIDED, { may: reader }), outcome: 'VERIFIED' },
    {
      name: 'as of an earlier point',
      text: await log.text(id('Model', 'scorer'), { asOf: 9 }),
      outcome: 'VERIFIED',
    },
    {
      name: 'since an earlier checkpoint',
      text: await log.text(DECIDED, { since: 5 }),
      outcome: 'VERIFIED',
      seen: await log.checkpoint(5),
    },
    {
      name: 'the checkpoint that was seen',
      text: await log.text(DECIDED),
      outcome: 'VERIFIED',
      seen: await log.checkpoint(),
    },
    {
      name: 'a group that fills a tree of chunks',
      text: await many.text(id('Model', 'wide')),
      outcome: 'VERIFIED',
    },
    {
      name: 'a parent that was never declared',
      text: await log.text(id('Transform', 'clean'), { asOf: 3, size: 3 }),
      outcome: 'INCOMPLETE',
    },
    {
      name: 'edges withheld, with surrogates',
      text: await log.text(id('Model', 'scorer'), {
        may: { value: () => true, edge: ({ path }) => !path.includes('TRAINED_ON'), by: true },
        surrogates: [{ id: 'surrogate:1', of: id('Model', 'scorer'), reason: 'OUT_OF_SCOPE' }],
      }),
      outcome: 'INCOMPLETE',
    },
  ];
}

/** What a server without honour could hand out. */
async function lies(log: EvidenceDouble): Promise<EvidenceCase[]> {
  const honestFile = await log.file(DECIDED);
  const forged = (change: Partial<EvidenceFile>): string => {
    const file = { ...honestFile, ...change };
    return formatEvidence({ ...file, checksum: checksumOf(file) });
  };
  const { answer, entries, question, proof } = honestFile;
  const parent = id('Dataset', 'raw');
  const rewritten = STORY.map((item) =>
    item.id === parent ? { ...item, fields: { rowCount: 2382 } } : item,
  );
  const twice = new EvidenceDouble([...STORY, { ...STORY[0], fields: { rowCount: 1 } }]);
  const both = await twice.file(DECIDED, { asOf: STORY.length, size: STORY.length + 1 });
  const bothIndexes = [...both.entries.map(({ index }) => index), STORY.length];
  const digestBound = STORY.map((item) =>
    item.id === id('FeatureDef', 'income')
      ? artifact('FeatureDef', 'income', [
          edge('DERIVED_FROM', id('Dataset', 'train'), { toDigest: 'ab'.repeat(32) }),
        ])
      : item,
  );
  return [
    {
      name: 'a parent is withheld',
      text: await log.text(DECIDED, { without: [parent] }),
      outcome: 'INCOMPLETE',
    },
    {
      name: 'a parent is withheld from the answer, too',
      text: forged({
        answer: { ...answer, artifacts: answer.artifacts.filter((item) => item.id !== parent) },
      }),
      outcome: 'ALTERED',
      part: 'answer.artifacts[',
    },
    {
      name: 'an edge is added to the answer',
      text: forged({
        answer: {
          ...answer,
          edges: [...answer.edges, { from: parent, type: 'READ', to: DECIDED, leafIndex: 0 }],
        },
      }),
      outcome: 'ALTERED',
      part: 'answer.edges[',
    },
    {
      name: 'an old head is replayed',
      text: await log.text(id('Model', 'scorer'), { size: 9 }),
      outcome: 'ALTERED',
      part: 'checkpoint',
      seen: await log.checkpoint(),
    },
    {
      name: 'another history of the same length',
      text: await new EvidenceDouble(rewritten).text(DECIDED),
      outcome: 'ALTERED',
      part: 'checkpoint',
      seen: await log.checkpoint(),
    },
    {
      name: 'an entry is rewritten, the tree made again under another key',
      text: await new EvidenceDouble(rewritten, signerOf('forger')).text(DECIDED),
      outcome: 'ALTERED',
      part: 'checkpoint',
    },
    {
      name: 'an entry is rewritten under the old checkpoint',
      text: forged({ entries: (await new EvidenceDouble(rewritten).file(DECIDED)).entries }),
      outcome: 'ALTERED',
      part: 'proof',
    },
    {
      name: 'two entries for one id',
      text: formatEvidence({
        ...both,
        question: { ...both.question, asOf: STORY.length + 1 },
        entries: [...both.entries, twice.entryAt(STORY.length)],
        proof: await twice.sharedProof(bothIndexes),
      }),
      outcome: 'ALTERED',
      part: `entry ${String(STORY.length)}`,
    },
    {
      name: 'entries in another order',
      text: forged({ entries: entries.toReversed() }),
      outcome: 'ALTERED',
      part: 'entry',
    },
    {
      name: 'two entries have changed places',
      text: forged({ entries: swapped(entries) }),
      outcome: 'ALTERED',
      part: 'proof',
    },
    {
      name: 'a hash too many',
      text: forged({ proof: [...proof, proof[0] as string] }),
      outcome: 'ALTERED',
      part: 'proof',
    },
    { name: 'a hash too few', text: forged({ proof: proof.slice(1) }), outcome: 'ALTERED', part: 'proof' },
    {
      name: 'another parent than the one that was used',
      text: await new EvidenceDouble(digestBound).text(DECIDED),
      outcome: 'ALTERED',
      part: 'entry 5',
    },
    {
      name: 'asked as of a tree beyond the checkpoint',
      text: forged({ question: { ...question, asOf: 99 } }),
      outcome: 'ALTERED',
      part: 'question',
    },
    {
      name: 'another question',
      text: forged({ question: { ...question, of: parent } }),
      outcome: 'ALTERED',
      part: 'question',
    },
    {
      name: 'a surrogate that stands for nothing',
      text: forged({ surrogates: [{ id: 's', of: parent, reason: 'r' }] }),
      outcome: 'ALTERED',
      part: 'surrogates',
    },
    {
      name: 'an older consistency proof',
      text: formatEvidence({
        ...honestFile,
        consistency: { ...(await log.file(DECIDED, { since: 5 })).consistency!, from: 6 },
      }),
      outcome: 'ALTERED',
      part: 'consistency',
    },
    {
      name: 'a later version of the format',
      text: forged({ format: 'pedigree/evidence/3' as never }),
      outcome: 'UNREADABLE',
      part: 'format',
    },
    {
      name: 'a member that nobody knows',
      text: forged({ note: 'trust me' } as never),
      outcome: 'UNREADABLE',
      part: 'the file',
    },
    {
      name: 'another spelling',
      text: forged({}).replace('{', '{ '),
      outcome: 'UNREADABLE',
      part: 'the file',
    },
    { name: 'half a file', text: forged({}).slice(0, 5_000), outcome: 'UNREADABLE', part: 'the file' },
    { name: 'nothing', text: '', outcome: 'UNREADABLE', part: 'the file' },
  ];
}

/** The first two entries, each with the other's index. */
function swapped([first, second, ...rest]: EvidenceFile['entries']): EvidenceFile['entries'] {
  return [{ ...second!, index: first!.index }, { ...first!, index: second!.index }, ...rest];
}
