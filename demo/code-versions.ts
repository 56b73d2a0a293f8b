/** The versions of the demo's own steps: what the runs that it declares have really executed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { contentDigestOf, gitCommit, type CodeVersion } from '../src/sdk/index.js';
import { PROJECT_FOLDER, readProjectFile } from './files.js';

export const STEPS = [
  'check-contract',
  'clean-applications',
  'compute-features',
  'convert-delivery',
  'convert-delivery-percent',
  'evaluate-model',
  'feature-definitions',
  'measure-drift',
  'score-application',
  'split-rows',
  'train-model',
  'unite-deliveries',
] as const;

export type Step = (typeof STEPS)[number];
export type CodeVersions = Readonly<Record<Step, CodeVersion>>;

/** The code version of each step. */
export async function codeVersions(): Promise<CodeVersions> {
  const entries = STEPS.map(async (step) => [step, await codeVersion(step)] as const);
  return Object.fromEntries(await Promise.all(entries)) as CodeVersions;
}

/**
 * The commit that last changed the step's file. Where git cannot tell (an export without history, a file that is not
 * committed as it is), the digest of the file stands in for it, and the repository says so: it names the code just as
 * exactly, and invents no commit.
 */
async function codeVersion(step: Step): Promise<CodeVersion> {
  const path = `demo/steps/${step}.ts`;
  const committed = await gitCommit(PROJECT_FOLDER, path);
  if (committed) return { repository: 'pedigree', commit: committed.commit, path };
  const source = join(PROJECT_FOLDER, path);
  const compiled = fileURLToPath(new URL(`./steps/${step}.js`, import.meta.url));
  const digest = await contentDigestOf(existsSync(source) ? source : compiled);
  return {
    repository: 'pedigree (no commit: sha256 of the file)',
    commit: digest.slice('sha256:'.length),
    path,
  };
}

/** What the numbers depend on beside the demo's own code, by name: versions. */
export type Environment = Readonly<Record<'node' | 'csv-parse' | 'ml-matrix', string>>;

export function environment(): Environment {
  const { dependencies } = JSON.parse(readProjectFile('package.json')) as {
    dependencies: Omit<Environment, 'node'>;
  };
  const { 'csv-parse': csvParse, 'ml-matrix': mlMatrix } = dependencies;
  return { node: process.versions.node, 'csv-parse': csvParse, 'ml-matrix': mlMatrix };
}
