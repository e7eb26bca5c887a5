import { access, constants, stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { Config, LoadWishes } from '../../model/config.ts'
import type { ProveInput } from './index.ts'

type Words = Pick<ProveInput, 'rows' | 'rate' | 'soak' | 'accessLog'>
type Places = { root: string; cwd: string; configFile: string }

/** Why a file cannot be read; null where it can. */
const unreadable = async (file: string): Promise<string | null> => {
  try {
    await access(file, constants.R_OK)
    return (await stat(file)).isFile() ? null : 'it is no file'
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
  }
}

const checkGiven = async ({ accessLog }: Words, { cwd }: Places) => {
  if (accessLog === undefined) return
  const problem = await unreadable(resolve(cwd, accessLog))
  if (problem === null) return
  const message = `--access-log: ${accessLog} cannot be read: ${problem}`
  throw fault('E_USAGE', { message, command: 'plimsoll prove' })
}

const checkConfigured = async (load: LoadWishes, { root, configFile }: Places) => {
  if (load.accessLog === undefined) return
  const problem = await unreadable(resolve(root, load.accessLog))
  if (problem === null) return
  const about = `"load.accessLog": ${load.accessLog} cannot be read: ${problem}`
  throw fault('E_CONFIG_INVALID', { file: configFile, problem: about })
}

/**
 * What the configuration says of load, with what the command's words say in its place; undefined where neither does. An
 * access log that is asked for goes before declared weights; its path becomes relative to the root.
 * @throws E_USAGE, E_CONFIG_INVALID for an access log that cannot be read
 */
export const wishForLoad = async (
  words: Words,
  { load: { weights, ...configured } = {} }: Pick<Config, 'load'>,
  places: Places,
): Promise<LoadWishes | undefined> => {
  const { rows, rate, soak, accessLog } = words
  await checkGiven(words, places)
  if (accessLog === undefined) await checkConfigured(configured, places)
  const load: LoadWishes = {
    ...configured,
    ...(weights !== undefined && accessLog === undefined && { weights }),
    ...(rows !== undefined && { rows }),
    ...(rate !== undefined && { rate }),
    ...(soak !== undefined && { soakSeconds: soak }),
    ...(accessLog !== undefined && { accessLog: relative(places.root, resolve(places.cwd, accessLog)) }),
  }
  return Object.keys(load).length === 0 ? undefined : load
}
