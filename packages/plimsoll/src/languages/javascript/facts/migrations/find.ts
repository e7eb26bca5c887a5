import { posix } from 'node:path'
import type { FoundCommand, Migrations } from '../../../../model/system.ts'
import { type Context, scriptCommand } from '../context.ts'
import { fromDir, inDir } from '../paths.ts'
import { configuredDir } from './configured-dir.ts'
import { MIGRATION_TOOLS, type MigrationTool } from './tools.ts'

const NOT_ONE = /(^|\/)(index|package|\.|_)[^/]*$|\.d\.ts$|\.(test|spec)\.|[.-](down|undo)\.sql$|\.snapshot\./

/** How many migrations a folder holds, in this tool's way of counting; 0 when it is none of its folders. */
const count = ({ project }: Context, dir: string, tool: MigrationTool): number => {
  const inside = project.under(dir).map((file) => fromDir(dir, file))
  const { unit } = tool
  if ('foldersWith' in unit) return inside.filter((file) => posix.basename(file) === unit.foldersWith).length
  return inside.filter((file) => !file.includes('/') && unit.files.test(file) && !NOT_ONE.test(file)).length
}

const migrationFolders = ({ project, module }: Context): string[] => {
  const folders = new Set(
    project
      .under(module.dir)
      .map((file) => posix.dirname(file))
      .filter((dir) => /(^|\/)(migrations?|migrate)(\/[^/]+)?$/i.test(fromDir(module.dir, dir))),
  )
  return [...folders]
}

const configOf = ({ project, module }: Context, tool: MigrationTool): string | null =>
  project
    .under(module.dir)
    .filter((file) => tool.configs.some((name) => file === name || file.endsWith(`/${name}`)))
    .sort((a, b) => a.split('/').length - b.split('/').length)[0] ?? null

const dirOf = (
  context: Context,
  tool: MigrationTool,
  config: string | null,
): { dir: string; files: number } | null => {
  const { module } = context
  const configured = config === null ? null : configuredDir(context, config)
  const candidates = [
    ...(configured === null ? [] : [configured]),
    ...tool.dirs.map((dir) => inDir(module.dir, dir)),
    ...migrationFolders(context),
  ]
  for (const dir of candidates) {
    const files = count(context, dir, tool)
    if (files > 0) return { dir, files }
  }
  return null
}

/** A package script that applies them: by what it runs, then by its name. */
const scriptOf = (context: Context, tool: MigrationTool | null): FoundCommand | null => {
  const { manifest, manager } = context
  const scripts = Object.entries(manifest.scripts)
  const byContent =
    tool === null
      ? undefined
      : scripts.find(([, text]) => tool.applied.test(text) && !/&&\s*\S*(start|node dist)/.test(text))
  if (byContent !== undefined) return scriptCommand(context, byContent[0])
  const bare =
    tool === null || tool.apply === ''
      ? undefined
      : scripts.find(([, text]) => tool.program.test(text.trim()))
  if (bare !== undefined && tool !== null) {
    const rest = tool.apply.split(' ').slice(1).join(' ')
    const found = scriptCommand(context, bare[0])
    return { ...found, command: `${found.command}${manager.name === 'npm' ? ' --' : ''} ${rest}` }
  }
  const named = scripts.find(
    ([name, text]) =>
      /^((db|database|knex|typeorm|sequelize|prisma|drizzle)[:-])?migrat(e|ions?)([:-](up|run|latest|deploy|apply|prod))?$/.test(
        name,
      ) && !/\b(dev|generate|create|make|new)\b/.test(text),
  )
  return named === undefined ? null : scriptCommand(context, named[0])
}

/** Arguments that lead the tool to its configuration when that does not lie where it looks. */
const configArguments = ({ module }: Context, tool: MigrationTool, config: string | null): string => {
  if (config === null) return ''
  const path = fromDir(module.dir, config)
  if (tool.id === 'knex' && path.includes('/')) return ` --knexfile ${path}`
  if (tool.id === 'typeorm' && /source|config/.test(path)) return ` -d ${path}`
  if (tool.id === 'prisma' && path.endsWith('.prisma') && !/^(prisma\/)?schema\.prisma$/.test(path))
    return ` --schema ${path}`
  if (tool.id === 'drizzle' && path.includes('/')) return ` --config ${path}`
  return ''
}

const program = (tool: MigrationTool, config: string | null): string =>
  tool.id === 'typeorm' && config?.endsWith('.ts') === true
    ? tool.apply.replace('typeorm', 'typeorm-ts-node-commonjs')
    : tool.apply

const applyOf = (context: Context, tool: MigrationTool, config: string | null): FoundCommand | null => {
  const script = scriptOf(context, tool)
  if (script !== null || tool.apply === '') return script
  if (config === null && tool.configs.length > 0) return null
  return {
    command: context.manager.exec(program(tool, config) + configArguments(context, tool, config)),
    dir: context.module.dir,
    from: config ?? context.module.manifest,
  }
}

/** Plain SQL in order of name, when no tool claims it. */
const plainSql = (context: Context): Migrations[] =>
  migrationFolders(context).flatMap((dir) => {
    const files = context.project
      .under(dir, '.sql')
      .filter((file) => posix.dirname(file) === dir && !NOT_ONE.test(file))
    if (files.length === 0) return []
    return [{ tool: 'sql', dir, files: files.length, apply: scriptOf(context, null) }]
  })

type Claim = { tool: MigrationTool; evidence: number; found: Migrations }

const claimOf = (
  context: Context,
  tool: MigrationTool,
  itself: (tool: MigrationTool) => boolean,
): Claim[] => {
  const { module, manifest } = context
  if (!tool.packages.some((name) => module.dependencies.has(name))) return []
  const config = configOf(context, tool)
  const place = dirOf(context, tool, config)
  if (place === null) return []
  const atStart = itself(tool)
  const texts = Object.values(manifest.scripts)
  const spoken = texts.some((text) => tool.applied.test(text) || tool.program.test(text.trim()))
  const evidence = (spoken ? 4 : 0) + (config === null ? 0 : 2) + (atStart ? 1 : 0)
  const apply = applyOf(context, tool, config)
  return [{ tool, evidence, found: { tool: tool.id, ...place, apply, ...(atStart ? { atStart } : {}) } }]
}

/** A script so named and run by hand makes the schema, wherever it keeps it. */
const scripted = (context: Context): Migrations[] => {
  const apply = scriptOf(context, null)
  return apply === null ? [] : [{ tool: 'script', dir: null, files: 0, apply }]
}

/**
 * Migrations of one module: the tool, its folder, and the command that applies what is pending. Where two tools
 * could own a folder, the one that the scripts or a configuration name owns it.
 * @param itself whether the app applies those of this tool while it starts
 */
export const findMigrations = (context: Context, itself: (tool: MigrationTool) => boolean): Migrations[] => {
  const claims = MIGRATION_TOOLS.flatMap((tool) => claimOf(context, tool, itself)).sort(
    (a, b) => b.evidence - a.evidence,
  )
  const owned = claims.filter(
    (claim, index) => claims.findIndex((other) => other.found.dir === claim.found.dir) === index,
  )
  if (owned.length > 0) return owned.map((claim) => claim.found)
  const files = plainSql(context)
  return files.length > 0 ? files : scripted(context)
}
