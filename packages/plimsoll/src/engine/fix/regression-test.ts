import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../instruments/files/write.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Finding } from '../../model/verdict.ts'

/** A test of one finding, as the surface writes it: it asks `BASE_URL`. */
export type RegressionTest = {
  /** relative to the repository */
  file: string
  text: string
  /** runs it from the repository's root */
  command: { file: string; args: readonly string[] }
}

/** null where no test can be written from the finding */
export type WriteTest = (finding: Finding) => RegressionTest | null

const PATIENCE_MS = 60_000

/** What known requests carry to be somebody's, under the names that the test reads. */
const credentialsOf = ({ known, accounts }: Lab): Record<string, string> => {
  const headers = [...accounts, ...known.map(({ request }) => ({ headers: request.headers ?? {} }))].flatMap(
    (one) => Object.entries(one.headers),
  )
  const names: Readonly<Record<string, string>> = {
    authorization: 'AUTHORIZATION',
    cookie: 'COOKIE',
    'x-api-key': 'API_KEY',
  }
  const found = headers.flatMap(([name, value]): [string, string][] => {
    const variable = names[name.toLowerCase()]
    return variable === undefined ? [] : [[variable, value]]
  })
  return Object.fromEntries(found.reverse())
}

/** Runs the test against the app of a lab, in a folder that has the repository's packages. */
export const runTest = async (
  { file, text, command }: RegressionTest,
  lab: Lab,
  root: string,
  supervisor: Supervisor,
  signal: AbortSignal,
): Promise<boolean> => {
  const path = join(root, file)
  await writeWhole(path, text)
  try {
    const env = { PATH: process.env.PATH ?? '', BASE_URL: lab.http.baseUrl, ...credentialsOf(lab) }
    const ran = await supervisor.run({ command, cwd: root, env, timeoutMs: PATIENCE_MS, signal })
    return ran.exit?.code === 0
  } finally {
    await rm(path, { force: true })
  }
}
