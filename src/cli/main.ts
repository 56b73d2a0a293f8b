#!/usr/bin/env node
/** The command `pedigree`. Data goes to standard output, everything else to standard error. */
import { Command } from 'commander';
import { declareCommand } from './commands/declare.js';
import { demoCommand } from './commands/demo.js';
import { eraseCommand } from './commands/erase.js';
import { evidenceCommand } from './commands/evidence.js';
import { grantCommand } from './commands/grant.js';
import { fsckCommand } from './commands/fsck.js';
import { followCommand } from './commands/follow.js';
import { logCommand } from './commands/log.js';
import { serveCommand } from './commands/serve.js';
import { tokenCommand } from './commands/token.js';
import { verifyCommand } from './commands/verify.js';
import { reportFailure } from './failure.js';

const program = new Command('pedigree')
  .description('Why did this model say that, and where did it come from?')
  .showHelpAfterError()
  .addCommand(serveCommand())
  .addCommand(declareCommand())
  .addCommand(demoCommand())
  .addCommand(tokenCommand())
  .addCommand(logCommand())
  .addCommand(fsckCommand())
  .addCommand(evidenceCommand())
  .addCommand(verifyCommand())
  .addCommand(eraseCommand())
  .addCommand(grantCommand())
  .addCommand(followCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
