import type { CallToolResult, Tool as RemoteTool } from '../../../vendor/mcp-client.ts'
import type { Connection } from '../open-connection.ts'

export type Task = {
  task: string
  /** the library it is about, as its makers write it: `Fastify` */
  library?: string
  /** what is thought at each step, where the caller has thought already */
  thoughts?: readonly string[]
}

export type Done = { tool: string; input: Record<string, unknown>; output: string }

/** Carries out one step of a workflow with the tools of one server; throws where the server gives nothing to go on. */
export type Conduct = (step: string, index: number, soFar: readonly Done[]) => Promise<Done>

export type Place = {
  connection: Pick<Connection, 'call'>
  tools: readonly RemoteTool[]
  steps: readonly string[]
  signal: AbortSignal
  redact(text: string): string
}

const MOST_CHARACTERS = 6_000
const REFUSAL =
  /^(?:error\b|failed\b|request failed|rate limited|invalid api key|unauthori[sz]ed|no (?:libraries|documentation) found)/i

const textOf = ({ content }: CallToolResult) =>
  content
    .map((block) => (block.type === 'text' ? block.text : ''))
    .join('\n')
    .trim()

const ask = async (
  { connection, signal, redact }: Place,
  tool: string,
  input: Record<string, string | number | boolean>,
): Promise<Done> => {
  const result = await connection.call(tool, input, { signal })
  const text = redact(textOf(result))
  if (result.isError === true || text === '' || REFUSAL.test(text)) {
    const [first = ''] = text.split('\n')
    throw new Error(`${tool} answered "${first.slice(0, 200)}"`)
  }
  return { tool, input, output: text.slice(0, MOST_CHARACTERS) }
}

const propertiesOf = ({ inputSchema }: RemoteTool): string[] => Object.keys(inputSchema.properties ?? {})

const LIBRARY_ID = /(?<![\w/])\/[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?/

/** A server of documentation: which library first, then a question at each step. */
const conductDocs = (place: Place, { task, library }: Task): Conduct | null => {
  const resolve = place.tools.find(({ name }) => /^resolve\b.*library/.test(name))
  const query = place.tools.find(({ name }) => /^(?:query|get|fetch)\b.*docs/.test(name))
  if (resolve === undefined || query === undefined) return null
  let known: Promise<string> | null = null
  const findLibrary = async () => {
    const found = await ask(place, resolve.name, { query: task, libraryName: library ?? task })
    const [id] = LIBRARY_ID.exec(found.output) ?? []
    if (id === undefined) throw new Error(`${resolve.name} named no library`)
    return id
  }
  const idName = propertiesOf(query).find((name) => /library/i.test(name)) ?? 'libraryId'
  const questionName = propertiesOf(query).find((name) => /query|topic|question/i.test(name)) ?? 'query'
  return async (step) => {
    known ??= findLibrary()
    return ask(place, query.name, { [idName]: await known, [questionName]: `${task}: ${step}` })
  }
}

/** A server that orders thoughts: each step is one of them, and rests on those before. */
const conductThoughts = (place: Place, { task, thoughts = [] }: Task): Conduct | null => {
  const think = place.tools.find((tool) => propertiesOf(tool).includes('thought'))
  if (think === undefined) return null
  return async (step, index, soFar) => {
    const before = soFar.map(({ input }) => String(input.thought)).at(-1)
    const restsOn = before === undefined ? '' : ` It rests on: ${before.split('\n')[0]}`
    const thought = thoughts[index] ?? `${step} of: ${task}.${restsOn}`
    const done = await ask(place, think.name, {
      thought,
      thoughtNumber: index + 1,
      totalThoughts: place.steps.length,
      nextThoughtNeeded: index + 1 < place.steps.length,
    })
    return { ...done, output: `${thought}\n${done.output}` }
  }
}

/** Any other server: a tool that wants one question. */
const conductQuestion = (place: Place, { task }: Task): Conduct | null => {
  for (const tool of place.tools) {
    const wanted = tool.inputSchema.required ?? []
    const [name = ''] = wanted
    if (wanted.length === 1 && /^(?:query|question|prompt|task|text|input)$/.test(name))
      return (step) => ask(place, tool.name, { [name]: `${step}: ${task}` })
  }
  return null
}

/** How this server carries out steps; null where none of its tools can. */
export const findConduct = (place: Place, task: Task): Conduct | null =>
  conductDocs(place, task) ?? conductThoughts(place, task) ?? conductQuestion(place, task)
