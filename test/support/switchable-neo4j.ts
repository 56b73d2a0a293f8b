/** A Neo4j whose own settings say whether it takes writes: it is started again with others, on the same port and data. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';

import { claimableBoltPort } from '../../src/neo4j/bolt-port.js';
import { findJava } from '../../src/neo4j/java-runtime.js';
import { NEO4J_USER, ensurePassword, openHome, writeConfig } from '../../src/neo4j/neo4j-home.js';
import { resolveJars } from '../../src/neo4j/neo4j-jars.js';
import { Neo4jProcess } from '../../src/neo4j/neo4j-process.js';

const PAGE_CACHE_MB = 128;
const HEAP_MB = 512;
const READ_ONLY = 'server.databases.default_to_read_only=true\n';

export class SwitchableNeo4j {
  private process: Neo4jProcess | undefined;

  private constructor(
    private readonly home: string,
    private readonly port: number,
    /** What tells a server where it is. */
    readonly env: Readonly<Record<'NEO4J_URI' | 'NEO4J_USERNAME' | 'NEO4J_PASSWORD', string>>,
  ) {}

  /** An empty database in the folder that takes writes. The caller stops it. */
  static async start(folder: string): Promise<SwitchableNeo4j> {
    const home = await openHome(folder);
    const port = await claimableBoltPort(0);
    const neo4j = new SwitchableNeo4j(home, port, {
      NEO4J_URI: `bolt://127.0.0.1:${String(port)}`,
      NEO4J_USERNAME: NEO4J_USER,
      NEO4J_PASSWORD: await ensurePassword(home),
    });
    await neo4j.startAs('read-write');
    return neo4j;
  }

  /** Starts it again; resolves when it answers. */
  async startAs(access: 'read-write' | 'read-only'): Promise<void> {
    await this.stop();
    const log = (): void => undefined;
    await writeConfig(this.home, this.port, PAGE_CACHE_MB);
    if (access === 'read-only') await appendFile(join(this.home, 'conf', 'neo4j.conf'), READ_ONLY);
    const { folder: jarFolder } = await resolveJars({ env: process.env, log });
    const java = await findJava(process.env);
    const started = new Neo4jProcess({
      java,
      jarFolder,
      home: this.home,
      heapMb: HEAP_MB,
      env: process.env,
      log,
    });
    this.process = started;
    const how = await Promise.race([started.started, started.ended]);
    if (how !== undefined)
      throw new Error(`Neo4j must start, but it ended: ${how}\n${started.lines.join('\n')}`);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}
