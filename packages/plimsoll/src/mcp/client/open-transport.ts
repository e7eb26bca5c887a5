import type { Supervisor } from '../../instruments/process/process.ts'
import type { McpServerWish } from '../../model/config.ts'
import { getDefaultEnvironment, StreamableHTTPClientTransport } from '../../vendor/mcp-client.ts'
import { StdioServerTransport } from '../../vendor/mcp-server.ts'

export type OpenTransport = {
  transport: StdioServerTransport | StreamableHTTPClientTransport
  /** the last lines of its standard error; empty for an address */
  said(): string
  end(): Promise<void>
}

const LINES = 5

/**
 * The way to a server. A program sees the harmless part of our environment and what the configuration gives it: keys
 * of ours are not for it.
 */
export const openTransport = (
  wish: McpServerWish,
  root: string,
  supervisor: Supervisor | null,
): OpenTransport => {
  if ('url' in wish) {
    const transport = new StreamableHTTPClientTransport(new URL(wish.url), {
      ...(wish.headers !== undefined && { requestInit: { headers: wish.headers } }),
    })
    return { transport, said: () => '', end: () => transport.close() }
  }
  if (supervisor === null) throw new Error('a program needs a supervisor')
  const program = supervisor.spawn({
    command: { file: wish.command, args: wish.args ?? [] },
    cwd: root,
    env: { ...getDefaultEnvironment(), ...wish.env },
    speaks: true,
  })
  const said = () =>
    program
      .logs()
      .slice(-LINES)
      .map(({ text }) => text)
      .join('\n')
  if (program.pipes === null) throw new Error('a program that speaks has pipes')
  // Lines of JSON go both ways, so what a server reads and writes with does for the other end, too.
  const transport = new StdioServerTransport(program.pipes.output, program.pipes.input)
  return { transport, said, end: () => program.kill() }
}
