import { z } from 'zod'
import { mapTexts } from '../../base/json/map-texts.ts'
import { defineTool, type Tool, type ToolAnswer } from '../../tools/define.ts'
import type { Tool as RemoteTool } from '../../vendor/mcp-client.ts'
import type { Chosen } from './choose-servers.ts'
import { type Connection, Unreachable } from './open-connection.ts'
import { readAnswer } from './read-answer.ts'

const MOST_DESCRIPTION = 600
const Arguments = z.record(z.string(), z.unknown())

/** A schema that we cannot check by is shown as it is, and left to the server, which checks it anyway. */
const inputOf = ({ properties = {}, required = [], ...schema }: RemoteTool['inputSchema']): z.ZodType => {
  try {
    const whole = { ...schema, properties, required }
    return z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
  } catch {
    return z.looseObject({}).meta({ properties, required })
  }
}

export type Lent = {
  connection: Connection
  redact(text: string): string
  /** what to do instead where the server cannot be reached */
  otherwise(input: Record<string, unknown>, reason: string): Promise<ToolAnswer>
}

const shorten = (text: string) =>
  text.length <= MOST_DESCRIPTION ? text : `${text.slice(0, MOST_DESCRIPTION - 1).trimEnd()}…`

const addressOf = ({ name, wish }: Chosen) => ('url' in wish ? wish.url : `mcp:${name}`)

/**
 * A tool of a foreign server as one of ours. What it says of itself decides its effect: one that does not say that it
 * only reads is taken to execute. No secret that we know leaves in its arguments.
 */
export const toolOf = (remote: RemoteTool, chosen: Chosen, { connection, redact, otherwise }: Lent): Tool =>
  defineTool({
    id: `mcp:${chosen.name}:${remote.name}`,
    title: remote.title ?? remote.annotations?.title ?? remote.name,
    description: shorten(remote.description ?? `${remote.name} of the server ${chosen.name}`),
    input: inputOf(remote.inputSchema),
    effect: remote.annotations?.readOnlyHint === true ? 'reads' : 'executes',
    mcp: false,
    subjects: () => [{ kind: 'address', text: addressOf(chosen) }],
    run: async (given, { signal, onProgress, spill }) => {
      const input = Arguments.parse(mapTexts(given, redact))
      try {
        const options = { signal, ...(onProgress !== undefined && { onProgress }) }
        const result = await connection.call(remote.name, input, options)
        return await readAnswer(result, { name: remote.name, redact, ...(spill !== undefined && { spill }) })
      } catch (thrown) {
        if (!(thrown instanceof Unreachable)) throw thrown
        return otherwise(input, thrown.message)
      }
    },
  })
