import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import { type Hint, makeHint } from './hint.ts'

/** Committed examples first, then what the team shares, then what is only on this machine. */
const ORDER = [
  'example',
  'sample',
  'template',
  'dist',
  'defaults',
  'default',
  'development',
  'dev',
  'local.example',
  '',
  'local',
  'docker',
  'test',
  'testing',
  'ci',
]

const NAME =
  /^(?:\.env|env|\.env\.[\w.-]+|[\w-]+\.env|env\.(?:example|sample|template))(?:\.(?:example|sample|template|dist))?$/

/** `env-example-postgres`, `env.sample` */
const EXAMPLE = /^\.?env[._-](?:example|sample|template|dist)(?:[._-][\w-]+)*$/

export const isEnvFile = (file: string): boolean => {
  const name = posix.basename(file)
  return (NAME.test(name) || EXAMPLE.test(name)) && name !== 'env' && !/\.(ts|js|json|ya?ml|md)$/.test(name)
}

const variantOf = (file: string) =>
  posix
    .basename(file)
    .replace(/^\.?env[._-]?/, '')
    .replace(/\.env$/, '')

const rankOfEnvFile = (file: string): number => {
  const [variant = '', ...rest] = variantOf(file).toLowerCase().split(/[._-]/)
  const whole = ORDER.indexOf(variantOf(file).toLowerCase())
  const rank = whole < 0 && rest.length > 0 ? ORDER.indexOf(variant) : whole
  return rank < 0 ? ORDER.length : rank
}

const unquote = (raw: string): string => {
  const quoted = /^(['"`])([\s\S]*?)\1/.exec(raw)
  if (quoted !== null)
    return quoted[1] === '"' ? (quoted[2] ?? '').replaceAll('\\n', '\n') : (quoted[2] ?? '')
  return raw.replace(/\s+#.*$/, '').trim()
}

/** Reads `NAME=value` lines the way dotenv does; a value may refer to earlier ones as `${NAME}`. */
export const parseEnvFile = (text: string): { name: string; value: string }[] => {
  const found: { name: string; value: string }[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(line)
    const [, name, raw] = match ?? []
    if (name === undefined || raw === undefined) continue
    const value = raw.startsWith("'")
      ? unquote(raw)
      : unquote(raw).replace(/\$\{(\w+)\}/g, (whole, other: string) => {
          return found.find((one) => one.name === other)?.value ?? whole
        })
    found.push({ name, value })
  }
  return found
}

const depth = (file: string) => file.split('/').length

/** Rules such as `.env.*` often hide a committed example too. */
const IGNORED = ['.env.example', '.env.sample', '.env.template', '.env', '.env.local']

/** Every env file of the repository, and the ignored `.env` and `.env.local` of the given folders. */
export const readEnvFiles = (project: Project, dirs: readonly string[]): Hint[] => {
  const listed = project.files.filter(isEnvFile)
  const ignored = [...new Set(['.', ...dirs])]
    .flatMap((dir) => IGNORED.map((name) => posix.join(dir, name)))
    .filter((file) => !listed.includes(file))
  return [...listed, ...ignored]
    .flatMap((file) => {
      const text = project.peek(file)
      if (text === null) return []
      return [makeHint({ kind: 'env', file, dir: posix.dirname(file), env: parseEnvFile(text) })]
    })
    .sort((a, b) => rankOfEnvFile(a.file) - rankOfEnvFile(b.file) || depth(a.file) - depth(b.file))
}
