/**
 * Adds to package-lock.json the optional packages for other platforms that npm left out. A registry mirror that carries
 * one platform's binaries makes npm write an incomplete lock file, which `npm ci` then refuses everywhere ("Missing: …
 * from lock file"). The parents name these packages with exact versions, and their names say where they run.
 * npm runs it after each install (the script "dependencies"); `--check` writes nothing and fails when something is
 * missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './stamp.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** `@swc/core-linux-arm64-musl` → `{os: ['linux'], cpu: ['arm64'], libc: ['musl']}`; undefined for another name. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const library = os === 'linux' ? LIBRARIES[words.at(-1)] : undefined;
  return { cpu: [cpu], ...(library && { libc: [library] }), os: [os] };
}

function missingFrom(packages) {
  return Object.values(packages).flatMap((parent) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(
        ([name, version]) => !(`node_modules/${name}` in packages) && /^\d/.test(version) && platformOf(name),
      )
      .map(([name, version]) => {
        const { cpu, libc, os } = platformOf(name);
        return [
          `node_modules/${name}`,
          { version, cpu, ...(parent.dev && { dev: true }), libc, optional: true, os },
        ];
      }),
  );
}

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const missing = missingFrom(lock.packages);
if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(
    `package-lock.json lacks ${missing.length} packages of other platforms: run "node scripts/complete-lock.mjs".`,
  );
  process.exit(1);
}
if (missing.length > 0) {
  const packages = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) =>
    a.localeCompare(b, 'en'),
  );
  writeFileSync(LOCK, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
}
