import { join } from 'node:path';

import { setting } from './environment.js';
import { missingTool } from './missing-tool.js';
import { runTool } from './tool-run.js';

/** Neo4j 5.26 runs on Java 17 and newer; class files of older runtimes' successors do not load in them. */
const OLDEST_JAVA = 17;

/**
 * The `java` to run Neo4j with: that of JAVA_HOME if it is new enough, else the one on PATH.
 * Throws MISSING_TOOL, naming the versions it found.
 */
export async function findJava(env: NodeJS.ProcessEnv): Promise<string> {
  const javaHome = setting(env, 'JAVA_HOME');
  const candidates = javaHome === undefined ? ['java'] : [join(javaHome, 'bin', 'java'), 'java'];
  const tooOld: string[] = [];
  for (const java of candidates) {
    const run = await runTool(java, ['-version'], { env, timeoutMs: 20_000 });
    if (run?.exitCode !== 0) continue;
    const version = /version "([^"]+)"/.exec(run.output)?.[1] ?? 'an unknown version';
    if (javaMajor(version) >= OLDEST_JAVA) return java;
    tooOld.push(`${version} (${java})`);
  }
  throw missingTool(
    `Java ${OLDEST_JAVA} or newer`,
    tooOld.length > 0 ? tooOld.join(', ') : 'no working java on PATH or in JAVA_HOME',
    'Debian and Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17',
  );
}

/** The major version in `17.0.15`, `21` or the old style `1.8.0_392`; 0 where there is none. */
export function javaMajor(version: string): number {
  const [first = '', second = ''] = version.split(/[._-]/);
  return Number.parseInt(first === '1' ? second : first, 10) || 0;
}
