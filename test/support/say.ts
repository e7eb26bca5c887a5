import { run } from '../../packages/plimsoll/src/cli/run.ts'

export type Said = { exitCode: number; out: string; err: string }

/** One command line in a folder, as a user would type it, without a terminal. */
export const say = async (cwd: string, ...words: string[]): Promise<Said> => {
  const said = { out: '', err: '' }
  const exitCode = await run(words, {
    cwd,
    stdout: { write: (text: string) => (said.out += text), columns: 80 },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    signal: new AbortController().signal,
  })
  return { exitCode, ...said }
}
