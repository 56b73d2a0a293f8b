/** `pedigree serve`: a server until it is told to stop. */
import { Command } from 'commander';

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server, and a database if none is given by NEO4J_URI')
    .action(async () => {
      const { serveUntilStopped } = await import('../../app/serve.js');
      await serveUntilStopped({
        onReady: (server, print) => {
          print(`Pedigree is at ${server.url}`);
          const link = server.signInLink();
          if (link) print(`Sign in once, within ten minutes: ${link}`);
          return Promise.resolve();
        },
      });
    });
}
