/** The value of an environment variable; an empty one counts as not set, as it does in a shell's `${NAME:-…}`. */
export function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
