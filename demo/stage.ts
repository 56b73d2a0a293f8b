/** What every chapter of the demo needs to tell its part, and the forms that recur in them. */
import {
  inNamespace,
  jsonDigestOf,
  type ArtifactDeclaration,
  type AttestationDeclaration,
  type Declaration,
  type NamespaceBuilders,
  type Ref,
  type TransformArgs,
} from '../src/sdk/index.js';
import { after } from './calendar.js';
import type { CodeVersions, Environment, Step } from './code-versions.js';
import { CONTRACT, CONTRACT_NAME, type ContractCheck } from './steps/check-contract.js';

/** A part of the story: what is declared together, and how to announce it. */
export interface Scene {
  readonly title: string;
  readonly declarations: readonly Declaration[];
}

type RunArgs = Omit<TransformArgs, 'namespace' | 'version' | 'occurredAt' | 'code' | 'environment'> & {
  readonly step: Step;
  /** The run's id, without the edition. */
  readonly run: string;
  readonly startedAt: string;
  /** How long it took, in minutes. */
  readonly minutes: number;
};

export class Stage {
  readonly build: NamespaceBuilders = inNamespace('mortgage');

  constructor(
    readonly code: CodeVersions,
    readonly environment: Environment,
    /**
     * Part of every version. It is a digest of the whole story, so that a story that was changed, by a later commit of
     * a step say, stands beside the earlier one and never contradicts it.
     */
    private readonly edition: string,
  ) {}

  version(label: string | number): string {
    return `${label}.${this.edition}`;
  }

  /** A run that has come to its end, and the word that it has. */
  completedRun(args: RunArgs): { run: ArtifactDeclaration<'Transform'>; declarations: Declaration[] } {
    const { step, run: id, startedAt, minutes, ...rest } = args;
    const run = this.build.transform({
      ...rest,
      version: this.version(id),
      occurredAt: startedAt,
      code: this.code[step],
      environment: this.environment,
    });
    const endedAt = after(startedAt, minutes);
    const fields = { state: 'COMPLETED', startedAt: after(startedAt, 0), endedAt };
    return {
      run,
      declarations: [
        run,
        this.build.attest({ type: 'SUPPLEMENTS', about: run, occurredAt: endedAt, fields }),
      ],
    };
  }

  contractCheck(about: Ref, occurredAt: string, check: ContractCheck): AttestationDeclaration {
    const fields = {
      author: 'Data engineering',
      contract: CONTRACT_NAME,
      contractDigest: jsonDigestOf(CONTRACT),
      passed: check.failedRows.length === 0,
      rowsChecked: check.rowsChecked,
      rowsFailed: check.failedRows.length,
      checks: check.checks.map(({ column, rule, failed }) => ({
        rule,
        column,
        passed: failed.length === 0,
        failed: failed.length,
        ...(failed.length === 0 ? {} : { samples: failed.slice(0, 100).map((row) => [row]) }),
      })),
    };
    return this.build.attest({ type: 'CONTRACT_CHECK', about, occurredAt, fields });
  }
}
