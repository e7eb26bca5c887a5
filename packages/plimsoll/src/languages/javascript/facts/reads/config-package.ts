import type { EnvRead } from '../../../../model/system.ts'
import type { Context } from '../context.ts'
import { inDir } from '../paths.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const read = ({ project, module }: Context, name: string): { file: string; value: unknown } | null => {
  for (const ending of ['.json', '.json5', '.yaml', '.yml']) {
    const file = inDir(module.dir, `config/${name}${ending}`)
    if (!project.exists(file)) continue
    return { file, value: ending.startsWith('.y') ? project.yaml(file)?.[0] : project.json(file) }
  }
  return null
}

const leaves = (value: unknown, path: string[] = []): { path: string[]; name: string }[] => {
  if (typeof value === 'string') return [{ path, name: value }]
  if (!isObject(value)) return []
  if (typeof value.__name === 'string') return [{ path, name: value.__name }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)

/** The `config` package: `custom-environment-variables` names them, `default` gives what stands in. */
export const readConfigPackage = (context: Context): EnvRead[] => {
  if (!context.module.dependencies.has('config')) return []
  const custom = read(context, 'custom-environment-variables')
  if (custom === null) return []
  const defaults = read(context, 'default')?.value
  return leaves(custom.value).map(({ path, name }) => {
    const value = at(defaults, path)
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return {
      name,
      default: known ? String(value) : null,
      example: null,
      place: { file: custom.file, line: 1 },
    }
  })
}
