import type { Project } from '../../../../instruments/source/project.ts'
import type { EnvRead } from '../../../../model/system.ts'
import type { ClientUse } from '../../../define.ts'
import { DIALECTS } from './clients.ts'

export type PrismaSchema = { file: string; use: ClientUse; env: EnvRead[]; address: string | null }

/** The `datasource` block of a Prisma schema: provider, and where the address comes from. */
export const readPrismaSchema = (
  project: Project,
  file: string,
  version: string | null,
): PrismaSchema | null => {
  const lines = (project.text(file) ?? '').split('\n')
  const start = lines.findIndex((line) => /^\s*datasource\s+\w+\s*\{/.test(line))
  if (start < 0) return null
  const end = lines.findIndex((line, index) => index > start && /^\s*\}/.test(line))
  const block = lines.slice(start, end < 0 ? undefined : end)
  const provider = block.map((line) => /^\s*provider\s*=\s*"(\w+)"/.exec(line)?.[1]).find(Boolean)
  const env: EnvRead[] = []
  let address: string | null = null
  block.forEach((line, index) => {
    const place = { file, line: start + index + 1 }
    const name = /^\s*(?:url|directUrl|shadowDatabaseUrl)\s*=\s*env\("(\w+)"\)/.exec(line)?.[1]
    if (name !== undefined)
      env.push({ name, default: null, required: /^\s*url/.test(line), example: null, place })
    address ??= /^\s*url\s*=\s*"([^"]+)"/.exec(line)?.[1] ?? null
  })
  return {
    file,
    env,
    address,
    use: {
      client: 'prisma',
      version,
      speaks: provider === undefined ? null : (DIALECTS[provider] ?? provider),
      place: { file, line: start + 1 },
    },
  }
}
