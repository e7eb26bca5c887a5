import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fault } from '../base/errors/fault.ts'
import { Config } from '../model/config.ts'
import { CONFIG_FILES } from '../model/config-files.ts'
import { explainConfig } from './explain-config.ts'

export type LoadedConfig = {
  config: Config
  /** relative to the folder; null when there is none */
  file: string | null
}

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))

const readJson = async (dir: string, file: string): Promise<unknown> => {
  const text = await readFile(join(dir, file), 'utf8').catch((cause: unknown) => {
    throw fault('E_CONFIG_UNREADABLE', { file, problem: messageOf(cause) }, { cause })
  })
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw fault('E_CONFIG_INVALID', { file, problem: `it is not JSON: ${messageOf(cause)}` }, { cause })
  }
}

/** `import { defineConfig } from 'plimsoll'` works although plimsoll is not installed in the folder. */
const ownEntry = () => {
  const model = new URL(`../model/config${extname(import.meta.url)}`, import.meta.url)
  return fileURLToPath(model)
}

const PATIENCE_MS = 20_000

/** A configuration that waits for ever would end us without a word. */
const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const problem = `it was not loaded within ${PATIENCE_MS / 1_000} s`
    timer = setTimeout(() => reject(new Error(problem)), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const readModule = async (dir: string, file: string): Promise<unknown> => {
  const { createJiti } = await import('jiti')
  const jiti = createJiti(join(dir, file), {
    alias: { plimsoll: ownEntry() },
    fsCache: false,
    moduleCache: false,
  })
  try {
    return await inTime(jiti.import(join(dir, file), { default: true }))
  } catch (cause) {
    throw fault('E_CONFIG_UNREADABLE', { file, problem: messageOf(cause).split('\n')[0] ?? '' }, { cause })
  }
}

const parse = (given: unknown, file: string): Config => {
  const parsed = Config.safeParse(given)
  if (parsed.success) return parsed.data
  throw fault(
    'E_CONFIG_INVALID',
    { file, problem: explainConfig(parsed.error.issues, given) },
    { cause: parsed.error },
  )
}

const manifestKey = async (dir: string): Promise<unknown> => {
  if (!existsSync(join(dir, 'package.json'))) return undefined
  const manifest = await readJson(dir, 'package.json')
  return manifest !== null && typeof manifest === 'object' && 'plimsoll' in manifest
    ? manifest.plimsoll
    : undefined
}

/**
 * The configuration of a folder: `plimsoll.config.{ts,mts,js,mjs,cjs,json}`, else the "plimsoll" key of package.json,
 * else an empty one.
 * @throws E_CONFIG_INVALID with the key's path, E_CONFIG_UNREADABLE
 */
export const loadConfig = async (dir: string): Promise<LoadedConfig> => {
  const file = CONFIG_FILES.find((name) => existsSync(join(dir, name)))
  if (file !== undefined) {
    const given = file.endsWith('.json') ? await readJson(dir, file) : await readModule(dir, file)
    return { config: parse(given, file), file }
  }
  const key = await manifestKey(dir)
  if (key === undefined) return { config: {}, file: null }
  return { config: parse(key, 'package.json, key "plimsoll"'), file: 'package.json' }
}
