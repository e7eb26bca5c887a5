import { Writable } from 'node:stream'
import type { CommandContext } from './define.ts'

/** The one way to stdout from now on; whatever else prints there comes out on stderr. */
export const reserveOutput = ({ stdout }: Pick<CommandContext, 'stdout'>): Writable => {
  const write = stdout.write.bind(stdout)
  if (stdout === process.stdout) process.stdout.write = process.stderr.write.bind(process.stderr)
  return new Writable({
    write: (chunk, _, done) => {
      write(String(chunk))
      done()
    },
  })
}
