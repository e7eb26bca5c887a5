import { fault } from '../../base/errors/fault.ts'
import type { Enforcement, Shell } from '../../instruments/sandbox/shell.ts'

/** A shell that is opened with the first command: most of its cost is the lab whose stores it lends. */
export const lazyShell = (enforcement: Enforcement, open: () => Promise<Shell>): Shell => {
  let opening: Promise<Shell> | null = null
  let opened: Shell | null = null
  let isClosed = false
  const shell = async () => {
    if (isClosed) throw fault('E_BUG', { message: 'a command was run after the session' })
    opening ??= open()
    try {
      opened = await opening
      return opened
    } catch (thrown) {
      opening = null
      throw thrown
    }
  }
  return {
    get enforcement() {
      return opened?.enforcement ?? enforcement
    },
    run: async (command, options) => (await shell()).run(command, options),
    start: async (command, options) => (await shell()).start(command, options),
    background: () => opened?.background() ?? [],
    stop: async (id) => (await shell()).stop(id),
    close: async () => {
      isClosed = true
      await (await opening?.catch(() => null))?.close()
    },
  }
}
