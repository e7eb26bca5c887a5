import { FROM_ENGINE } from '../session/compaction-note.ts'
import type { Entry } from './journal.ts'

const fence = (text: string, language = ''): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${language}\n${text.trimEnd()}\n${marks}`
}

const callText = (call: { tool: string; input: unknown }) =>
  `**${call.tool}**\n\n${fence(JSON.stringify(call.input, null, 2), 'json')}`

const messageText = ({ message }: Extract<Entry, { kind: 'message' }>): string => {
  if (message.role === 'user') {
    const isEngine = message.text.startsWith(FROM_ENGINE)
    return `## ${isEngine ? 'Engine' : 'You'}\n\n${message.text}`
  }
  if (message.role === 'tool') {
    return `### ${message.tool} ${message.failed ? 'failed' : 'answered'}\n\n${fence(message.text)}`
  }
  return ['## Agent', ...(message.text === '' ? [] : [message.text]), ...message.calls.map(callText)].join(
    '\n\n',
  )
}

/** What a reader of the session wants to see of an entry; null for what only the machine needs. */
const entryText = (entry: Entry): string | null => {
  switch (entry.kind) {
    case 'begin':
      return `# ${entry.task}\n\n${entry.agent} · ${entry.model} · ${entry.at}`
    case 'message':
      return messageText(entry)
    case 'checkpoint':
      return entry.files.length === 0 ? null : `*Step ${entry.id}: ${entry.files.join(', ')}*`
    case 'compacted':
      return `*Earlier messages were summed up:*\n\n${entry.summary}`
    case 'todo':
      return entry.items.map(({ text, state }) => `- [${state === 'done' ? 'x' : ' '}] ${text}`).join('\n')
    case 'note':
      return `*${entry.text}*`
    case 'end':
      return `**Ended: ${entry.outcome}, exit ${entry.exitCode}**`
    default:
      return null
  }
}

/** One branch of a session as a document. What was secret is redacted already. */
export const exportMarkdown = (branch: readonly Entry[]): string =>
  `${branch
    .map(entryText)
    .filter((text) => text !== null && text !== '')
    .join('\n\n')}\n`
