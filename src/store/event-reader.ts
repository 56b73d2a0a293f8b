/** The OpenLineage events that came in, as they were sent. */
import type { StatementRunner } from './database.js';
import { openlineageListEvents, openlineageReadEvents } from './queries.gen.js';
import { openValues } from './stored-values.js';

/** Where an event stands in the log. */
export interface EventPlace {
  readonly id: string;
  readonly leafIndex: number;
}

export class EventReader {
  constructor(private readonly runner: StatementRunner) {}

  /** The events that said something about some artifacts, each once, in no order. */
  places(ids: readonly string[], asOf: number): Promise<readonly EventPlace[]> {
    return this.runner.run(openlineageListEvents, { ids, asOf });
  }

  /** The texts of events, in the order in which they are asked for. */
  async texts(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.runner.run(openlineageReadEvents, { ids });
    const texts = new Map(
      rows.map(({ id, values }) => [id, openValues({ values }).get('value/verbatim')] as const),
    );
    return ids.flatMap((id) => {
      const text = texts.get(id);
      return typeof text === 'string' ? [text] : [];
    });
  }
}
