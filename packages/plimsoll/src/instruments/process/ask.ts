import { execFile } from 'node:child_process'

export type Answer = { code: number | null; stdout: string; stderr: string }

/**
 * Asks a short-lived program one question, such as its version. Never throws: a program that is missing, fails or
 * does not end within `timeoutMs` answers with its code, or null where there is none.
 */
export const ask = (file: string, args: readonly string[], timeoutMs: number): Promise<Answer> =>
  new Promise((resolve) => {
    const child = execFile(
      file,
      [...args],
      { timeout: timeoutMs, killSignal: 'SIGKILL', windowsHide: true },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    )
    child.stdin?.end()
  })
