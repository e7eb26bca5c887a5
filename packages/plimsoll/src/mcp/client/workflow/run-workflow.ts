import type { McpPreference } from '../../../model/agent.ts'
import type { Tool as RemoteTool } from '../../../vendor/mcp-client.ts'
import type { Connection } from '../open-connection.ts'
import { type Conduct, type Done, findConduct, type Task } from './conduct.ts'
import { fromLibrary, type SearchPatterns } from './degrade.ts'

export type Step = {
  step: string
  /** the tool that gave it: `context7: query-docs`; or `built-in pattern library` */
  by: string
  input: Record<string, unknown>
  output: string
  /** why the server did not give it; null where it did */
  degraded: string | null
}

export type WorkflowRun = { server: string; task: string; steps: readonly Step[] }

export type RunWorkflow = {
  /** null, with the reason: it could not be reached, or is not configured */
  server: { connection: Pick<Connection, 'call'>; tools: readonly RemoteTool[] } | { missing: string }
  searchPatterns: SearchPatterns
  signal: AbortSignal
  redact(text: string): string
  onProgress?(text: string): void
}

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))

const NOTHING = 'The built-in pattern library has nothing on this.'

const substitute = async (
  step: string,
  { task }: Task,
  reason: string,
  search: SearchPatterns,
): Promise<Step> => ({
  step,
  by: 'built-in pattern library',
  input: { query: task },
  output: (await fromLibrary(search, task)) ?? NOTHING,
  degraded: reason,
})

/**
 * Executes the steps that a definition wants to be taken with a server, one after the other, and gives what came of
 * each. From the first step that the server does not answer the built-in pattern library stands in for it, and each
 * such step says why.
 */
export const runWorkflow = async (
  { server: name, workflow: steps }: Pick<McpPreference, 'server' | 'workflow'>,
  task: Task,
  { server, searchPatterns, signal, redact, onProgress }: RunWorkflow,
): Promise<WorkflowRun> => {
  let reason = 'missing' in server ? server.missing : ''
  const conduct: Conduct | null =
    'missing' in server ? null : findConduct({ ...server, steps, signal, redact }, task)
  if (reason === '' && conduct === null) reason = `${name} has no tool for such steps`
  const taken: Step[] = []
  const done: Done[] = []
  for (const [index, step] of steps.entries()) {
    signal.throwIfAborted()
    onProgress?.(`${name}, step ${index + 1} of ${steps.length}: ${step}`)
    if (conduct !== null && reason === '') {
      try {
        const one = await conduct(step, index, done)
        done.push(one)
        taken.push({ step, by: `${name}: ${one.tool}`, input: one.input, output: one.output, degraded: null })
        continue
      } catch (thrown) {
        signal.throwIfAborted()
        reason = redact(reasonOf(thrown))
      }
    }
    taken.push(await substitute(step, task, reason, searchPatterns))
  }
  return { server: name, task: task.task, steps: taken }
}
