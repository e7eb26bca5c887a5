import type { ToolAnswer, ToolContext } from '../../tools/define.ts'
import type { CallToolResult } from '../../vendor/mcp-client.ts'

const MOST_CHARACTERS = 16_000
const MOST_DATA = 16_000

type Block = CallToolResult['content'][number]

const sizeOf = (base64: string) => `${Math.ceil((base64.length * 3) / 4 / 1_024)} kB`

const textOf = (block: Block): string => {
  if (block.type === 'text') return block.text
  if (block.type === 'resource_link') return `${block.title ?? block.name}: ${block.uri}`
  if (block.type === 'resource')
    return 'text' in block.resource ? block.resource.text : `(${block.resource.uri}, not a text)`
  return `(${block.type} ${block.mimeType}, ${sizeOf(block.data)}, not shown)`
}

const cleanData = (data: unknown, redact: (text: string) => string): unknown => {
  const json = JSON.stringify(data)
  return json === undefined || json.length > MOST_DATA ? undefined : JSON.parse(redact(json))
}

const parsed = (read: () => unknown): unknown => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** An answer of a foreign server as one of ours: without secrets, and no longer than a model should have to read. */
export const readAnswer = async (
  result: CallToolResult,
  { name, redact, spill }: { name: string; redact(text: string): string; spill?: ToolContext['spill'] },
): Promise<ToolAnswer> => {
  const whole = redact(result.content.map(textOf).join('\n'))
  const data = parsed(() => cleanData(result.structuredContent, redact))
  const rest = {
    ...(data !== undefined && { data }),
    ...(result.isError === true && { failed: true }),
  }
  if (whole.length <= MOST_CHARACTERS) return { text: whole === '' ? '(an empty answer)' : whole, ...rest }
  const path = await spill?.(name, whole)
  const left = whole.length - MOST_CHARACTERS
  const where = path === undefined ? 'ask for less' : `read them in ${path}`
  return { text: `${whole.slice(0, MOST_CHARACTERS)}\n… ${left} more characters: ${where}`, ...rest }
}
