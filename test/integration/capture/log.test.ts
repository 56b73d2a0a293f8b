/** What lies in the log after writing: one leaf for each entry, which can be made again from the graph. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { findEntryFaults, findLogFaults } from '../../support/log.js';
import { richLog } from '../../support/rich-log.js';
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
    await server.declareAll(richLog(700));
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
