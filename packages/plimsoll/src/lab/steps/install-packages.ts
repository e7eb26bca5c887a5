import { fault } from '../../base/errors/fault.ts'
import { registryOf } from '../../instruments/sandbox/registry-hosts.ts'
import { withoutLogin } from '../../instruments/sandbox/shell-environment.ts'
import type { Config } from '../../model/config.ts'
import { asRunnable } from '../command/package-manager.ts'
import { installEnvironment } from '../environment/base-environment.ts'
import type { Order, Workshop } from './workshop.ts'

/** Python packages go into an environment of the copy, never into the machine's own. */
const inOwnEnvironment = (order: Order): Order =>
  /^(?:python3? -m )?pip3? /.test(order.command)
    ? {
        ...order,
        command: `python3 -m venv .venv && .venv/bin/python -m ${order.command.replace(/^.*?pip3? /, 'pip ')}`,
      }
    : order

/**
 * Installs into the copy when that was asked for.
 * @throws E_DEPENDENCIES_MISSING when they are missing and it was not
 */
export const installPackages = async (
  workshop: Workshop,
  config: Config,
  install: boolean,
): Promise<void> => {
  const { packages, dir } = workshop.service
  const found: Order | null =
    config.install === undefined
      ? packages.install
      : { command: config.install, dir: packages.install?.dir ?? dir }
  if (install && found !== null) {
    const { scratchDir } = workshop.supervisor
    const env = installEnvironment(process.env, scratchDir)
    // In a box the home folder is empty: what it said of the registry is told, and its logins are nobody's there.
    const own: Record<string, string> =
      config.sandbox === true
        ? { HOME: scratchDir, npm_config_registry: withoutLogin(registryOf(workshop.root, process.env)) }
        : {}
    return workshop.run('install', inOwnEnvironment(found), { ...env, ...own })
  }
  if (packages.installed) return
  throw fault('E_DEPENDENCIES_MISSING', {
    dir: dir === '.' ? 'the repo' : dir,
    missing: packages.manager === null ? 'no package manager recognised' : `${packages.manager} packages`,
    command:
      found === null
        ? 'the install command'
        : asRunnable(found.command, workshop.service.packages, process.env.PATH ?? ''),
  })
}
