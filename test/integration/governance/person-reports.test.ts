/** What is kept about a person, and certificates of erasure, as reports. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  endedReads,
  questions,
  REPORT_FIELDS,
  said,
  SCORES as MODEL,
  SECRET,
  startBank,
  type ShownReport as Shown,
} from '../../support/bank.js';
import { id } from '../../support/declarations.js';
import type { TestServer } from '../../support/server.js';
import { SUBJECT } from '../../support/storyline.js';

const BY_PERSON = `query ($subject: String!) { subjectReport(subject: $subject) { ${REPORT_FIELDS} } }`;

let server: TestServer;

beforeAll(async () => {
  server = await startBank();
}, 60_000);

afterAll(() => server.stop());

describe('what is kept about a person', () => {
  const ask = async (subject: string, role: 'auditor' | 'governance'): Promise<Shown> =>
    (await server.ask(BY_PERSON, { subject }, role)).subjectReport;

  test('has the values of this person and of nobody else, and is recorded without the name', async () => {
    const told = await ask('anna', 'auditor');
    const kept = said(told, /^What is kept/);
    expect(kept).toContain(`explanation: ${SECRET}`);
    expect(kept).toContain('name: anna');
    expect(kept).toContain('feature debt: {"contribution":1.5,"value":0.9}');
    expect(kept.join()).not.toMatch(/feature income|name: ben/);
    expect(said(told, /^In all/)).toEqual(['Kept: 4 entries, 4 decisions among them']);
    expect(said(told, /^Purposes/)).toEqual([`${MODEL}: decides loans`]);
    expect(said(told, /^Data that/)).toEqual([`${id('Dataset', 'applicants')}: location s3://people.csv`]);
    const ben = said(await ask('ben', 'auditor'), /^What is kept/);
    expect(ben).toContain('feature income: {"contribution":-0.75,"value":100}');
    expect(ben.join()).not.toContain(SECRET);
    const items = await endedReads(server);
    expect(items[0]?.artifacts).toContain(id('Prediction', 'first'));
    expect(JSON.stringify(items)).not.toMatch(/anna|ben/);
  });

  test('has who has read it, once the read has ended', async () => {
    await endedReads(server);
    const told = await ask('anna', 'auditor');
    expect(said(told, /^Who/).join()).toMatch(/test-auditor.*prediction:test\/first@1.*access:read\//);
  });

  test('has no value for those who may read none, and nothing for a person of whom nothing was kept', async () => {
    const told = await ask('anna', 'governance');
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(said(told, /^What is kept/)).toContain('explanation: withheld');
    expect(questions(told)).toContain('What are these values?');
    expect(said(await ask('nobody', 'auditor'), /^In all/)).toEqual([
      'Kept: Nothing was ever kept under this name.',
    ]);
  });

  test('after an erasure there is the place and no value; the certificate says what remains', async () => {
    const { eraseSubject } = await server.ask(
      'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "a request") { id } }',
      { subject: SUBJECT },
      'governance',
    );
    const told = await ask(SUBJECT, 'auditor');
    expect(said(told, /^In all/)).toContain('Erased: 1 key destroyed, with every value that they had sealed');
    expect(said(told, /^What is kept/)).toContain('explanation: erased');
    const { erasureReport } = await server.ask(
      `query ($id: ID!) { erasureReport(id: $id) { ${REPORT_FIELDS} } }`,
      { id: eraseSubject.id },
      'governance',
    );
    expect(said(erasureReport, /^The erasure/)).toEqual(expect.arrayContaining(['Basis: a request']));
    expect(said(erasureReport, /where it stood/)).toContain('value/explanation: 1 value');
    expect(said(erasureReport, /^Data sets/)).toContain(`${id('Dataset', 'part-a')}: s3://raw/part-a.csv`);
    expect(said(erasureReport, /^Models/)).toContain(`Model: ${id('Model', 'credit')}`);
    expect(erasureReport.of).toBe(eraseSubject.id);
    expect(JSON.stringify(erasureReport)).not.toContain(SUBJECT);
  });
});

test('a person without a name, and an erasure that there is not, are refused', async () => {
  const nameless = await server.graphql(BY_PERSON, { subject: ' ' }, 'auditor');
  expect(nameless.errors[0]?.message).toBe('the subject must have a name');
  const unknown = await server.graphql('{ erasureReport(id: "x") { of } }', {}, 'governance');
  expect(unknown.errors[0]?.extensions.code).toBe('NOT_FOUND');
});
