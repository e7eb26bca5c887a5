import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asFault, type Fault, fault } from '../../base/errors/fault.ts'
import type { Config } from '../../model/config.ts'
import type { Migrations } from '../../model/system.ts'
import type { StoreDatabase } from '../../stores/define.ts'
import type { Workshop } from './workshop.ts'

/** Several tools keep both directions in one file, the way back below a line like these. */
const WAY_BACK =
  /^\s*--\s*(?:\+goose\s+down|migrate:down|\+micrate\s+down|@down|!down|\+migrate\s+down|rollback).*$/im
const WAY_BACK_FILE = /(?:^|[._-])(?:down|undo|rollback)\.sql$/i

const sqlFiles = async (dir: string): Promise<string[]> => {
  const found = await readdir(dir, { recursive: true }).catch(() => [])
  return found.filter((file) => file.endsWith('.sql') && !WAY_BACK_FILE.test(file)).sort()
}

const applyFiles = async (workshop: Workshop, dir: string, database: StoreDatabase): Promise<void> => {
  for (const file of await sqlFiles(join(workshop.copy.root, dir))) {
    const text = await readFile(join(workshop.copy.root, dir, file), 'utf8')
    const forward = text.split(WAY_BACK)[0] ?? ''
    if (forward.trim() === '') continue
    await workshop.log.step('migrate', `${dir}/${file}`, () =>
      database.query(forward).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw fault(
          'E_STEP_FAILED',
          {
            step: 'migrate',
            command: `${dir}/${file}`,
            outcome: 'was refused by the database',
            tail: `  │ ${reason}`,
            mend: 'Give the command that makes the schema: "migrate" in plimsoll.config.json (false to skip it).',
          },
          { cause },
        )
      }),
    )
  }
}

const applyFound = async (
  workshop: Workshop,
  { apply, dir }: Migrations,
  env: Readonly<Record<string, string>>,
  database: StoreDatabase | null,
) => {
  if (apply !== null) await workshop.run('migrate', apply, env)
  else if (dir !== null && database !== null) await applyFiles(workshop, dir, database)
}

export type Migrated = {
  /** commands or files were applied */
  applied: boolean
  /** an inferred command failed; whether that matters is only known once the app has booted */
  failed: Fault | null
}

/**
 * Makes the schema in the template.
 * @param database where plain SQL files go; null when no store takes SQL
 * @throws the step's fault when the user's own command fails
 */
export const migrate = async (
  workshop: Workshop,
  config: Config,
  env: Readonly<Record<string, string>>,
  database: StoreDatabase | null,
): Promise<Migrated> => {
  if (config.migrate === false) return { applied: false, failed: null }
  if (config.migrate !== undefined) {
    await workshop.run('migrate', { command: config.migrate, dir: workshop.service.dir }, env)
    return { applied: true, failed: null }
  }
  const migrations = workshop.service.migrations.filter(({ atStart }) => atStart !== true)
  try {
    for (const found of migrations) await applyFound(workshop, found, env, database)
    return { applied: migrations.length > 0, failed: null }
  } catch (thrown) {
    workshop.signal.throwIfAborted()
    return { applied: false, failed: asFault(thrown) }
  }
}
