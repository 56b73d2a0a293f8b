/** `pedigree retention`: what the retention rules would do, and doing it. */
import { Command } from 'commander';
import { retentionPreviewCommand } from './retention/preview.js';
import { retentionRunCommand } from './retention/run.js';

export function retentionCommand(): Command {
  return new Command('retention')
    .description('show what the retention rules would erase, restrict and keep; or do it')
    .addCommand(retentionPreviewCommand())
    .addCommand(retentionRunCommand());
}
