import { parse } from 'yaml'
import type { Project } from '../../instruments/source/project.ts'
import { isGroup } from './group.ts'

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asYaml = (text: string): unknown => {
  try {
    return parse(text, { maxAliasCount: 1000, logLevel: 'silent' })
  } catch {
    return undefined
  }
}

/** A document in JSON or YAML, whatever its name says; undefined for neither. */
export const parseDocument = (text: string): unknown => {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return (/^\s*[[{]/.test(plain) ? asJson(plain) : undefined) ?? asYaml(plain)
}

/** Whether a parsed document is one of OpenAPI 2 or 3. */
export const isOpenapi = (document: unknown): boolean =>
  isGroup(document) && /^[23]/.test(String(document.openapi ?? document.swagger ?? ''))

export type DocumentSource = Pick<Project, 'json' | 'yaml' | 'peek'>

/** A file of the repo, of any size; undefined where it is absent or cannot be parsed. */
export const readDocument = (source: DocumentSource, file: string): unknown => {
  const read = file.endsWith('.json') ? source.json(file) : source.yaml(file)?.[0]
  if (read !== null && read !== undefined) return read
  const text = source.peek(file)
  return text === null ? undefined : parseDocument(text)
}
