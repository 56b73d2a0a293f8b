/**
 * A careless author: a personal value is written in the open beside the sealed one, and the generated reads get a field for
 * it that says who may read it, and that can be filtered and sorted by.
 */
import type { Driver } from 'neo4j-driver';

import type { Names } from './operations.js';
import { GUESSED, idIn, type World } from './world.js';

export const CARELESS = `extend type Prediction {
  "What somebody earns."
  ${GUESSED}: Int @access(requires: ["READ_PERSONAL"])
}`;

/** Writes the personal values of a telling's decisions in the open. */
export function betrayal(driver: Driver): (world: World, names: Names) => Promise<void> {
  return async ({ nodes }, { namespace }) => {
    const decisions = nodes.filter(({ kind }) => kind === 'Prediction');
    const rows = decisions.map((node) => ({ id: idIn(namespace, node), secret: node.secret }));
    await driver.executeQuery(
      `UNWIND $rows AS row MATCH (p:Prediction {id: row.id}) SET p.${GUESSED} = toInteger(row.secret)`,
      { rows },
    );
  };
}
