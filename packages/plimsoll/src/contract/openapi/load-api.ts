import { posix } from 'node:path'
import type { Api } from '../api.ts'
import { isOpenapi, parseDocument } from './parse-document.ts'
import { readOpenapi } from './read-openapi.ts'

const MOST_FILES = 500
const EXTERNAL = /\$ref["']?\s*:\s*["']?([^"'#\s,}]+)/g

const externals = (file: string, text: string): string[] =>
  [...text.matchAll(EXTERNAL)]
    .map(([, uri]) => uri ?? '')
    .filter((uri) => !/^(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(uri))
    .map((uri) => posix.normalize(posix.join(posix.dirname(file), uri)))

/**
 * Reads an OpenAPI document with all the files that it refers to, wherever their texts come from: a commit, a folder.
 * Null where the file is no such document. Base paths are left out, so that two documents can be held together.
 */
export const loadApi = async (
  file: string,
  readText: (file: string) => Promise<string | null>,
): Promise<Api | null> => {
  const parsed = new Map<string, unknown>()
  const open = [file]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (parsed.has(next) || parsed.size >= MOST_FILES) continue
    const text = await readText(next)
    parsed.set(next, text === null ? null : (parseDocument(text) ?? null))
    if (text !== null) open.push(...externals(next, text))
  }
  const document = parsed.get(file)
  if (!isOpenapi(document)) return null
  return readOpenapi(document, {
    from: { kind: 'repo', where: file },
    readExternal: (other) => parsed.get(other) ?? null,
    bare: true,
  })
}
