import type { Project } from '../../instruments/source/project.ts'
import type { Contract } from '../../model/system.ts'

export const readProto = (project: Project, file: string): Contract[] => {
  const text = (project.text(file) ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  const operations = [...text.matchAll(/\brpc\s+\w+\s*\(/g)].length
  const version = /\b(?:syntax|edition)\s*=\s*"([^"]+)"/.exec(text)?.[1] ?? null
  return [{ kind: 'proto', file, version, operations }]
}
