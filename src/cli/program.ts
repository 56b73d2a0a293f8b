/** The command `pedigree` with everything below it. A wrong command line is a failure like any other, with its exit code. */
import { Command } from 'commander';
import { approvalsCommand } from './commands/approvals.js';
import { completionCommand } from './commands/completion.js';
import { custodyCommand } from './commands/custody.js';
import { contractCommand } from './commands/contract.js';
import { declareCommand } from './commands/declare.js';
import { demoCommand } from './commands/demo.js';
import { diffCommand } from './commands/diff.js';
import { doctorCommand } from './commands/doctor.js';
import { driftCommand } from './commands/drift.js';
import { eraseCommand } from './commands/erase.js';
import { evidenceCommand } from './commands/evidence.js';
import { exportCommand } from './commands/export.js';
import { followCommand } from './commands/follow.js';
import { fsckCommand } from './commands/fsck.js';
import { grantCommand } from './commands/grant.js';
import { impactCommand } from './commands/impact.js';
import { lineageCommand } from './commands/lineage.js';
import { logCommand } from './commands/log.js';
import { migrateCommand } from './commands/migrate.js';
import { pathsCommand } from './commands/paths.js';
import { reportCommand } from './commands/report.js';
import { retentionCommand } from './commands/retention.js';
import { retireCommand } from './commands/retire.js';
import { rootCauseCommand } from './commands/root-cause.js';
import { searchCommand } from './commands/search.js';
import { serveCommand } from './commands/serve.js';
import { tokenCommand } from './commands/token.js';
import { traceCommand } from './commands/trace.js';
import { verifyCommand } from './commands/verify.js';

const GROUPS: readonly (readonly [string, readonly (() => Command)[]])[] = [
  ['Serving:', [serveCommand, migrateCommand, doctorCommand, tokenCommand, demoCommand]],
  [
    'Declaring and deciding:',
    [declareCommand, contractCommand, retireCommand, eraseCommand, retentionCommand, grantCommand],
  ],
  [
    'Asking:',
    [
      ...[searchCommand, traceCommand, lineageCommand, impactCommand, pathsCommand, diffCommand],
      ...[rootCauseCommand, driftCommand, custodyCommand, approvalsCommand, reportCommand, exportCommand],
    ],
  ],
  ['Proving:', [evidenceCommand, verifyCommand, followCommand, fsckCommand, logCommand]],
  ['This command:', [completionCommand]],
];

const HELP = `
Exit codes: 0 well, 1 failure, 2 wrong usage, 3 a --fail-on comparison holds, 4 not allowed, 5 unavailable.
"verify" and "follow" judge: their help says what 1, 2 and 3 mean there.`;

export function buildProgram(): Command {
  const program = new Command('pedigree')
    .description('Why did this model say that, and where did it come from?')
    .addHelpText('after', HELP);
  for (const [heading, commands] of GROUPS) {
    for (const command of commands) program.addCommand(command().helpGroup(heading));
  }
  return throwing(program);
}

/** The library would end the process by itself, with an exit code of its own. */
function throwing(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help says more)');
  for (const below of command.commands) throwing(below);
  return command;
}
