#!/usr/bin/env node
/** The command `pedigree`. Data goes to standard output, everything else to standard error. */
import { reportFailure } from './failure.js';
import { buildProgram } from './program.js';

// Whoever reads less than all of it, as `head` does, ends the command and does not fail it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
