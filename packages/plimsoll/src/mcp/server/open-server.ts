import type { Tool } from '../../tools/define.ts'
import { McpServer } from '../../vendor/mcp-server.ts'
import { annotationsOf } from './annotations.ts'
import { callAboutRun } from './call-about-run.ts'
import { callProve, proveInput } from './call-prove.ts'
import { callTool } from './call-tool.ts'
import { registerPrompts } from './prompts.ts'
import { proofTools } from './proof-tools.ts'
import { answersShelf } from './resources/answers.ts'
import { explanationsShelf } from './resources/explanations.ts'
import { patternsShelf } from './resources/patterns.ts'
import { findingsShelf, runsShelf } from './resources/runs.ts'
import { registerShelf } from './resources/shelf.ts'
import { standardsShelf } from './resources/standards.ts'
import { openSubscriptions } from './subscriptions.ts'
import type { Served } from './surface.ts'

const INSTRUCTIONS = [
  'Plimsoll boots this backend beside its real database in a disposable lab and executes claims about it. Its verdicts are measured, never guessed.',
  'Begin with "survey". "prove" answers at once with the id of a Run and goes on: wait with "proof-state", read with "findings". A finding executes again with "replay"; "explain" says what it means.',
  'Done means proven: say what is refuted, inconclusive or not run as it is.',
].join('\n')

/** The tool that takes minutes: it goes on in the background. */
const LONG = 'prove'
const GOES_ON = ' Here it answers with an id at once and goes on: wait for the verdict with proof-state.'

type Call = typeof callTool

const registerTools = (server: McpServer, served: Served): void => {
  const register = (tool: Tool, call: Call, inputSchema = tool.input, more = '') => {
    const { id, title } = tool
    const description = `${tool.description}${more}`
    const annotations = annotationsOf(tool)
    server.registerTool(id, { title, description, inputSchema, annotations }, (input, context) =>
      call(served, tool, input, context),
    )
  }
  for (const tool of served.tools.filter(({ mcp }) => mcp)) {
    if (tool.id === LONG) register(tool, callProve, proveInput(tool), GOES_ON)
    else register(tool, callAboutRun)
  }
  for (const tool of proofTools(served.proofs)) register(tool, callTool)
}

/** One server for one connection: all it holds of its own are subscriptions. */
export const openServer = (served: Served): McpServer => {
  const server = new McpServer(
    { name: 'plimsoll', title: 'Plimsoll', version: served.version },
    {
      instructions: INSTRUCTIONS,
      capabilities: {
        tools: {},
        prompts: {},
        completions: {},
        logging: {},
        resources: { subscribe: true, listChanged: true },
      },
    },
  )
  registerTools(server, served)
  for (const shelf of [
    runsShelf(served),
    findingsShelf(served),
    standardsShelf(served),
    patternsShelf(served),
    explanationsShelf(served),
    answersShelf(served),
  ]) {
    registerShelf(server, shelf, served.redact)
  }
  registerPrompts(server, served)
  const unsubscribe = openSubscriptions(server, served.proofs)
  server.server.onclose = unsubscribe
  return server
}
