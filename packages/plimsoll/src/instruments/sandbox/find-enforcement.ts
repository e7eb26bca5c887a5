import { ask } from '../process/ask.ts'
import { findProgram, SYSTEM_PATH } from './find-program.ts'
import type { Enforcement } from './shell.ts'

type By = Enforcement['by']

const PATIENCE_MS = 5_000

const TRIALS: Readonly<Record<Exclude<By, 'none'>, readonly [string, readonly string[]]>> = {
  bubblewrap: [
    'bwrap',
    ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--', '/bin/sh', '-c', ':'],
  ],
  unshare: [
    'unshare',
    [
      ...[
        '--user',
        '--map-root-user',
        '--net',
        '--pid',
        '--mount',
        '--fork',
        '--kill-child',
        '/bin/sh',
        '-c',
      ],
      `export PATH=${SYSTEM_PATH}; mount -t tmpfs tmpfs /tmp && command -v pivot_root setpriv && { command -v ip || command -v ifconfig; }`,
    ],
  ],
}

let known: Promise<By[]> | null = null

const tryAll = async (): Promise<By[]> => {
  if (process.platform !== 'linux') return ['none']
  const works: By[] = []
  for (const by of ['bubblewrap', 'unshare'] as const) {
    const [file, args] = TRIALS[by]
    if ((await ask(findProgram(file), args, PATIENCE_MS)).code === 0) works.push(by)
  }
  return [...works, 'none']
}

/** What can hold commands back on this machine, best first; `none` is always the last. */
export const findEnforcement = (): Promise<By[]> => {
  known ??= tryAll()
  return known
}

const HOW =
  process.platform === 'linux'
    ? 'Install bubblewrap (apt install bubblewrap, dnf install bubblewrap), or allow user namespaces.'
    : 'Run Plimsoll on Linux, or in a Linux container that allows user namespaces.'

/** What is told to whoever reads the session: what is held back, and what is not. */
export const describeEnforcement = (by: By, hosts: readonly string[]): Enforcement => {
  if (by === 'none')
    return {
      by,
      network: 'open',
      gaps: [
        'commands see the files and the network of this machine: nothing holds them in the workspace',
        'what the lab boots sees these files, too',
        'a store whose address is written into a script can be reached; where such an address is known, each command has to be approved',
        HOW,
      ],
    }
  return { by, network: hosts.length > 0 ? 'listed hosts' : 'none', gaps: [] }
}
