import { z } from 'zod'
import { formatDuration } from '../../base/text/numbers.ts'
import type { Ran, Shell } from '../../instruments/sandbox/shell.ts'
import { defineTool, type Subject, type ToolAnswer, type ToolContext } from '../define.ts'
import { no } from '../refuse.ts'
import { headAndTail, tail } from './head-and-tail.ts'

const USUAL_SECONDS = 120
const MOST_CHARACTERS = 8_000
const MOST_LISTED = 1_500

const Input = z.strictObject({
  command: z
    .string()
    .min(1)
    .optional()
    .describe('a bash command line; leave it out to see what runs in the background'),
  dir: z.string().optional().describe('folder to run it in, relative to the workspace'),
  timeoutSeconds: z.number().int().min(1).max(900).optional().describe(`${USUAL_SECONDS} unless told`),
  background: z
    .boolean()
    .optional()
    .describe('true for a program that stays, such as a server: it goes on after the call'),
  stop: z.string().optional().describe('id of a background program to end'),
})
type Input = z.infer<typeof Input>

const endOf = ({ code, signal, timedOut, durationMs }: Ran, seconds: number): string => {
  if (timedOut)
    return `Ended after ${seconds} s: it took too long. Give a longer timeoutSeconds, or background: true for a server.`
  const how = signal === null ? `exit ${code ?? 'unknown'}` : `ended by ${signal}`
  return `${how} after ${formatDuration(durationMs)}`
}

const runOnce = async (
  shell: Shell,
  command: string,
  input: Input,
  context: ToolContext,
): Promise<ToolAnswer> => {
  const seconds = input.timeoutSeconds ?? USUAL_SECONDS
  const ran = await shell.run(command, {
    ...(input.dir !== undefined && { dir: input.dir }),
    timeoutMs: seconds * 1_000,
    signal: context.signal,
    onOutput: (text) => context.onProgress?.(text),
  })
  const { text, isCut } = headAndTail(ran.output, MOST_CHARACTERS)
  const kept = isCut ? await context.spill?.('output.txt', ran.output) : undefined
  const whole = kept === undefined ? [] : [`The whole output: read {"path":"${kept}"}`]
  return {
    text: [endOf(ran, seconds), ...(text === '' ? ['(no output)'] : [text]), ...whole].join('\n'),
    data: { code: ran.code, signal: ran.signal, timedOut: ran.timedOut },
    ...((ran.code !== 0 || ran.timedOut) && { failed: true }),
  }
}

const tellPorts = (ports: readonly number[]) =>
  ports.length === 0
    ? 'listens on no port yet'
    : `listens on ${ports.map((port) => `127.0.0.1:${port}`).join(', ')}`

const list = (shell: Shell): ToolAnswer => {
  const programs = shell.background()
  if (programs.length === 0) return { text: 'Nothing runs in the background.' }
  const rows = programs.map(({ id, command, isAlive, ports, output }) =>
    `${id} · ${isAlive ? tellPorts(ports) : 'ended'} · ${command}\n${tail(output, MOST_LISTED)}`.trimEnd(),
  )
  return { text: rows.join('\n\n') }
}

const stop = async (shell: Shell, id: string): Promise<ToolAnswer> => {
  const known = shell.background().map((one) => one.id)
  if (!known.includes(id))
    return no(`Nothing in the background is called ${id}. There is: ${known.join(', ') || 'nothing'}.`)
  await shell.stop(id)
  return { text: `${id} was ended.` }
}

const start = async (shell: Shell, command: string, { dir }: Input): Promise<ToolAnswer> => {
  const { id } = await shell.start(command, dir === undefined ? {} : { dir })
  const program = shell.background().find((one) => one.id === id)
  const output = tail(program?.output ?? '', MOST_LISTED)
  const shown = output === '' ? [] : [output]
  if (program?.isAlive === false) return no([`${id} ended at once: ${command}`, ...shown].join('\n'))
  const state = tellPorts(program?.ports ?? [])
  return {
    text: [
      `${id} runs in the background and ${state}. See its output with bash {}, end it with bash {"stop":"${id}"}.`,
      ...shown,
    ].join('\n'),
  }
}

/** **Contract:** runs nothing but the command; what stays in the background ends with the session. */
export default defineTool<Input>({
  id: 'bash',
  title: 'Run a command',
  description:
    'Runs a bash command in the workspace: tests, builds, type checks, git. Variables of the project that lead to data stores lead to those of the lab here, or are empty; the network may be closed. Each call is a new shell: cd and variables do not stay. Use background: true for servers, then stop. Not for reading, searching or editing files (read, grep, edit), and not to judge whether the app works: prove does that. Output over 8,000 characters is cut in the middle.',
  input: Input,
  effect: 'executes',
  mcp: false,
  subjects: ({ command, dir }) => [
    ...(command === undefined ? [] : [{ kind: 'command', text: command } satisfies Subject]),
    ...(dir === undefined ? [] : [{ kind: 'path', text: dir } satisfies Subject]),
  ],
  async run(input, context) {
    const { shell, files } = context
    if (shell === undefined) return no('No shell is lent here. Use the tools for files and for the engine.')
    if (input.stop !== undefined) return stop(shell, input.stop)
    if (input.command === undefined) return list(shell)
    if (input.dir !== undefined && (await files.stat(input.dir))?.isFolder !== true)
      return no(`${input.dir} is no folder.`)
    return input.background === true
      ? start(shell, input.command, input)
      : runOnce(shell, input.command, input, context)
  },
})
