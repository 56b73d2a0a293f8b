/** What lies in the log after writing: one leaf for each entry, which can be made again from the graph. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { testDriver } from '../../support/database.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { findEntryFaults, findLogFaults } from '../../support/log.js';
import { TestServer } from '../../support/server.js';

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
});

afterAll(async () => {
  await driver.close();
  await server.stop();
});

describe('the log', () => {
  test('time never goes back, although the clock does', async () => {
    await server.declareAll([artifact('Dataset', 'on-time')]);
    server.clock.now -= 60_000;
    await server.declareAll([artifact('Dataset', 'clock-back')]);
    server.clock.now += 120_000;
    await server.declareAll([artifact('Dataset', 'clock-on')]);
    expect(await findLogFaults(driver)).toEqual([]);
  });

  test('every leaf can be made again from its node and edges, sealed values and attestations included', async () => {
    const subjects = ['person-1', 'person-2'];
    await server.declareAll([
      ...Array.from({ length: 700 }, (_, i) => artifact('Dataset', `many${i}`)),
      artifact(
        'Dataset',
        'rich',
        [
          edge('PRODUCED_BY', id('Transform', 'rich'), {
            props: { rows: [{ from: id('Dataset', 'many1'), mode: 'JOIN', keyMap: [0] }] },
            toDigest: 'ab'.repeat(32),
          }),
        ],
        {
          fields: {
            rowCount: 2,
            description: 'ö "\\ \u{1F600}',
            schema: [{ name: 'a', type: 'int' }],
            extra: { z: [1.5, true, {}] },
          },
        },
      ),
      artifact('FeatureDef', 'rich', [
        edge('DERIVED_FROM', id('Dataset', 'rich')),
        edge('DERIVED_FROM', id('FeatureDef', 'base')),
      ]),
      artifact('Model', 'rich', [
        edge('USES', id('FeatureDef', 'rich'), { props: { input: 'f' } }),
        ...Array.from({ length: 400 }, (_, i) => edge('TRAINED_ON', id('Dataset', `many${i}`))),
      ]),
      prediction(
        'rich',
        'rich',
        [edge('SCORED', id('Dataset', 'rich'), { props: { role: 'INPUT' }, row: ['k', 1, true] })],
        {
          subjects,
          personal: ['score', 'outcome'],
          fields: {
            score: 1,
            outcome: 'DENIED',
            explanation: 'because',
            notes: 'n',
            baseValue: -0.5,
            mode: 'BACKFILL',
          },
          features: { f: { value: 1e-7, contribution: 0.25 }, g: { value: 'x', subject: 'person-2' } },
        },
      ),
      attestation('rich', 'HUMAN_DECISION', [id('Prediction', 'rich')], {
        subjects,
        fields: { decision: 'UPHELD', explanation: 'checked by hand', notes: 'long' },
      }),
      attestation('rich2', 'CORRECTS', [id('Transform', 'rich'), id('Model', 'rich')], {
        fields: { reason: 'r' },
        edges: [
          {
            type: 'READ',
            from: id('Transform', 'rich'),
            to: id('Dataset', 'many2'),
            toDigest: 'cd'.repeat(32),
          },
        ],
        withdraws: [{ type: 'TRAINED_ON', from: id('Model', 'rich'), to: id('Dataset', 'many3') }],
      }),
    ]);
    const keyStore = new EmbeddedKeyStore(server.keysDir);
    expect(await findLogFaults(driver)).toEqual([]);
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
    await driver.executeQuery('MATCH (d:Dataset {id: $id}) SET d.values = replace(d.values, "2", "3")', {
      id: id('Dataset', 'rich'),
    });
    expect(await findEntryFaults(driver, keyStore)).toHaveLength(2);
    await driver.executeQuery('MATCH (d:Dataset {id: $id}) SET d.values = replace(d.values, "3", "2")', {
      id: id('Dataset', 'rich'),
    });
    await keyStore.close();
  });
});
