import { resolve } from 'node:path'
import type { ToolCallContent, ToolCallLocation, ToolKind } from '../vendor/acp.ts'

const KINDS: Readonly<Record<string, ToolKind>> = {
  ...{ read: 'read', write: 'edit', edit: 'edit', patch: 'edit', grep: 'search', glob: 'search' },
  ...{ bash: 'execute', prove: 'execute', replay: 'execute', http: 'fetch', query: 'read', todo: 'think' },
  ...{ explain: 'read', findings: 'read', standards: 'read', survey: 'read', docs: 'read' },
}

export const kindOf = (tool: string): ToolKind => KINDS[tool] ?? 'other'

/** The file that a call is about; editors follow it. Absolute, as the protocol wants every path. */
export const locationsOf = (tool: string, input: unknown, root: string): ToolCallLocation[] => {
  if (tool === 'http' || typeof input !== 'object' || input === null) return []
  if (!('path' in input) || typeof input.path !== 'string') return []
  return [{ path: resolve(root, input.path) }]
}

export const textContent = (text: string): ToolCallContent => ({
  type: 'content',
  content: { type: 'text', text },
})

const fileOf = (line: string) => line.replace(/^[+-]{3} (?:[ab]\/)?/, '').replace(/\t.*$/, '')

/** A unified diff as the protocol has it: the old and the new text of each stretch that changed. */
export const diffContents = (diff: string, root: string): ToolCallContent[] => {
  const found: ToolCallContent[] = []
  let [before, after, file, isNew] = ['', '', '', false]
  const end = () => {
    if (before !== after) {
      found.push({ type: 'diff', path: resolve(root, file), oldText: isNew ? null : before, newText: after })
    }
    before = ''
    after = ''
  }
  for (const line of diff.split('\n')) {
    if (line.startsWith('--- ')) {
      end()
      isNew = line.startsWith('--- /dev/null')
      if (!isNew) file = fileOf(line)
    } else if (line.startsWith('+++ ')) {
      if (!line.startsWith('+++ /dev/null')) file = fileOf(line)
    } else if (line.startsWith('@@') || line.startsWith('diff ')) end()
    else if (line.startsWith('-')) before += `${line.slice(1)}\n`
    else if (line.startsWith('+')) after += `${line.slice(1)}\n`
    else if (line.startsWith(' ')) {
      before += `${line.slice(1)}\n`
      after += `${line.slice(1)}\n`
    }
  }
  end()
  return found
}
