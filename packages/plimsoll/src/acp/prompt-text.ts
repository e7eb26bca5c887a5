import { fileURLToPath } from 'node:url'
import type { ContentBlock } from '../vendor/acp.ts'

const fileOf = (uri: string): string => (uri.startsWith('file://') ? fileURLToPath(uri) : uri)

const blockText = (block: ContentBlock): string => {
  if (block.type === 'text') return block.text
  if (block.type === 'resource_link') return `\n(${block.name}: ${fileOf(block.uri)})\n`
  if (block.type !== 'resource') return `\n(a part of the kind "${block.type}" was left out)\n`
  const { resource } = block
  return 'text' in resource
    ? `\n<file path="${fileOf(resource.uri)}">\n${resource.text}\n</file>\n`
    : `\n(${fileOf(resource.uri)})\n`
}

/** The words of a prompt, with the files that the editor attached. */
export const promptText = (blocks: readonly ContentBlock[]): string => blocks.map(blockText).join('').trim()
