import { spawn } from 'node:child_process'

/** The program that opens files as a double click would; null where there is no screen to open them on. */
export const opener = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): { file: string; args: readonly string[] } | null => {
  if (platform === 'darwin') return { file: 'open', args: [] }
  if (platform === 'win32') return { file: 'explorer.exe', args: [] }
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { file: 'xdg-open', args: [] } : null
}

/** @returns false when it could not be opened, which is nobody's fault and no error */
export const openFile = (
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> => {
  const program = opener(process.platform, env)
  if (program === null) return Promise.resolve(false)
  return new Promise((done) => {
    const child = spawn(program.file, [...program.args, file], { stdio: 'ignore', detached: true })
    child.once('error', () => done(false))
    child.once('spawn', () => {
      child.unref()
      done(true)
    })
  })
}
