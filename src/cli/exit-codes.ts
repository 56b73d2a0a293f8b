/** What every command's exit code means (docs/cli.md). `verify` and `follow` have codes of their own for what they judge. */

export const OK = 0;
export const FAILURE = 1;
/** The command line or an argument is wrong. */
export const USAGE = 2;
/** A comparison of `--fail-on` holds. */
export const THRESHOLD_MET = 3;
export const NOT_ALLOWED = 4;
/** No server, no database, or it cannot serve now. */
export const UNAVAILABLE = 5;
