import { z } from 'zod'
import { redactOutput } from '../../agent/policy/redact-output.ts'
import type { Door, ProveWishes } from '../../engine/door/door.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import type { Run } from '../../model/run.ts'
import { defineTool, type Tool } from '../../tools/define.ts'
import type { Surface } from './surface.ts'

export type TestDoor = Door & {
  /** lets the proof that runs end */
  release(): void
  asked: ProveWishes[]
  isClosed: boolean
}

/**
 * A door with a lab that does nothing until it is told to.
 * @param sample the Run that every proof ends in, under an id of its own
 */
export const openTestDoor = (sample: Run): TestDoor => {
  const saved: { id: string; dir: string }[] = [{ id: '20261122-3f2c', dir: '/runs/20261122-3f2c' }]
  const absent = () => Promise.reject(new Error('not in this lab'))
  let release = () => {}
  const door: TestDoor = {
    asked: [],
    isClosed: false,
    release: () => release(),
    survey: absent,
    proveEarlier: async () => null,
    replay: absent,
    query: absent,
    http: absent,
    environment: absent,
    preview: async () => [],
    explain: () => null,
    topics: () => [],
    standards: () => [],
    runs: () => saved,
    evidence: () => [],
    run: (id = saved.at(-1)?.id) => {
      const found = saved.find((each) => each.id === id)
      return found === undefined ? null : { run: { ...sample, id: found.id }, dir: found.dir }
    },
    prove: async (wishes) => {
      door.asked.push(wishes)
      const id = `20261123-${door.asked.length}`
      wishes.onRun?.(id)
      wishes.onProgress?.('lab: app ready')
      await new Promise<void>((resolve) => {
        release = resolve
        wishes.signal.addEventListener('abort', () => resolve())
      })
      saved.push({ id, dir: `/runs/${id}` })
      return { run: { ...sample, id }, dir: `/runs/${id}` }
    },
    close: async () => {
      door.isClosed = true
    },
  }
  return door
}

const tool = (id: string, effect: Tool['effect'], run: Tool['run'], input: z.ZodType = z.object({})) =>
  defineTool({
    id,
    title: id,
    description: `${id} of the test`,
    input,
    effect,
    mcp: true,
    subjects: () => [],
    run,
  })

export const testTools: readonly Tool[] = [
  tool(
    'prove',
    'executes',
    async (input, { door, signal, onProgress }) => {
      const { only } = z.object({ only: z.array(z.string()).optional() }).parse(input)
      const wishes = { signal, ...(only && { only }), ...(onProgress && { onProgress }) }
      const proved = await door?.prove(wishes)
      return { text: `${proved?.run.id}: done`, data: { run: proved?.run.id } }
    },
    z.object({ only: z.array(z.string()).optional() }),
  ),
  tool('test_simple_text', 'reads', async () => ({ text: 'This is a simple text response for testing.' })),
  tool('test_error_handling', 'reads', async () => {
    throw new Error('This tool intentionally returns an error for testing')
  }),
  tool('test_tool_with_progress', 'reads', async (_, { onProgress }) => {
    for (const line of ['begun', 'half', 'all']) onProgress?.(line)
    return { text: 'worked' }
  }),
  tool('long', 'reads', async () => ({
    text: Array.from({ length: 2_000 }, (_, line) => `line ${line} é`).join('\n'),
    data: { rows: Array.from({ length: 2_000 }, (_, row) => row) },
    links: [{ uri: 'plimsoll://runs/20261122-3f2c', title: 'its Run' }],
  })),
  tool('secret', 'reads', async () => ({
    text: 'postgres://app:hunter22x@db/orders',
    data: [{ header: 'Authorization: Bearer abcdefghijklmnop1234' }],
  })),
  { ...tool('read', 'reads', async () => ({ text: '' })), mcp: false },
  tool('forbidden', 'executes', async () => ({ text: 'it ran' })),
  tool('waits', 'executes', async (_, { signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return { text: 'ended' }
  }),
]

export const testSurface = async (door: Door): Promise<Surface & { logged: string[] }> => {
  const logged: string[] = []
  return {
    version: '0.0.0',
    tools: testTools,
    lent: { root: import.meta.dirname, files: await openFiles(import.meta.dirname), door },
    standards: [],
    explanations: { 'experiments/slow-store': '# A slow store\n', 'fixers/pool-listener': '# Pool\n' },
    patterns: () => [
      { id: 'outbox', title: 'Outbox', description: 'one commit, two effects', text: '# Outbox\n' },
    ],
    renderRun: ({ id }) => `# Run ${id}\n`,
    refuse: ({ id }) => (id === 'forbidden' ? 'It is forbidden: ask for less.' : null),
    redact: (text) => redactOutput(text, []),
    log: (line) => logged.push(line),
    logged,
  }
}
