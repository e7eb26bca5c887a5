import { z } from 'zod'
import type { McpPreference } from '../../../model/agent.ts'
import { defineTool, type Tool } from '../../../tools/define.ts'
import type { Tool as RemoteTool } from '../../../vendor/mcp-client.ts'
import type { Chosen } from '../choose-servers.ts'
import type { Connection } from '../open-connection.ts'
import type { SearchPatterns } from './degrade.ts'
import { runWorkflow, type WorkflowRun } from './run-workflow.ts'

export type ReachedServer = {
  chosen: Chosen
  connection: Connection
  listed: readonly RemoteTool[]
  /** why it could not be reached; null where it was */
  note: string | null
}

const Input = z.object({
  task: z.string().min(1).describe('what is to be found out or solved, in one sentence, without secrets'),
  library: z
    .string()
    .optional()
    .describe('for documentation: the library it is about, as its makers write it'),
  thoughts: z.array(z.string()).optional().describe('for thinking: what you think at each step, in order'),
})
type Input = z.infer<typeof Input>

const render = ({ server, task, steps }: WorkflowRun): string =>
  [
    `${server}: ${task}`,
    ...steps.map(({ step, by, output, degraded }, index) => {
      const why = degraded === null ? '' : `\n(${server} did not give this: ${degraded}.)`
      return `## ${index + 1}. ${step}, by ${by}${why}\n${output}`
    }),
  ].join('\n\n')

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-')

const workflowTool = (
  preference: McpPreference,
  { connection, listed, note }: ReachedServer,
  { searchPatterns, redact }: { searchPatterns: SearchPatterns; redact(text: string): string },
): Tool =>
  defineTool<Input>({
    id: `mcp:workflow:${slug(preference.server)}`,
    title: `${preference.server}: ${preference.workflow.join(', ')}`,
    description:
      `Takes the steps "${preference.workflow.join(' → ')}" with ${preference.server} and gives what came of each. For: ${preference.purpose || 'its subject'}. Where ${preference.server} does not answer, the built-in pattern library stands in, and the step says so.`.slice(
        0,
        600,
      ),
    input: Input,
    effect: listed.every(({ annotations }) => annotations?.readOnlyHint === true) ? 'reads' : 'executes',
    mcp: false,
    subjects: () => [],
    run: async ({ task, library, thoughts }, { signal, onProgress }) => {
      const given = {
        task: redact(task),
        ...(library !== undefined && { library }),
        ...(thoughts !== undefined && { thoughts: thoughts.map(redact) }),
      }
      const server = note === null ? { connection, tools: listed } : { missing: note }
      const run = await runWorkflow(preference, given, {
        server,
        searchPatterns,
        signal,
        redact,
        ...(onProgress !== undefined && { onProgress }),
      })
      return { text: render(run), data: run }
    },
  })

/** One tool for each configured server that the definition wants to be worked with in steps. */
export const workflowTools = (
  servers: readonly ReachedServer[],
  lent: { searchPatterns: SearchPatterns; redact(text: string): string },
): Tool[] =>
  servers.flatMap((server) => {
    const { preference } = server.chosen
    if (preference === null || preference.workflow.length === 0) return []
    return [workflowTool(preference, server, lent)]
  })
