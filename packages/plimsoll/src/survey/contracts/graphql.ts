import type { Project } from '../../instruments/source/project.ts'
import type { Contract } from '../../model/system.ts'

const bareText = (text: string) =>
  text
    .replace(/"""[\s\S]*?"""/g, '')
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '')
    .replace(/#[^\n]*/g, '')

/** Fields of a type's body; arguments in parentheses are no fields. */
const fieldsOf = (body: string): number => {
  let plain = body
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replace(/\([^()]*\)/g, '')
  }
  return [...plain.matchAll(/\w+\s*:/g)].length
}

/** A schema, as opposed to a file of queries: it defines types. Operations are the fields of its root types. */
export const readGraphql = (project: Project, file: string): Contract[] => {
  const text = bareText(project.text(file) ?? '')
  if (!/^\s*(extend\s+)?(type|schema|interface|input|enum|union|scalar)\b/m.test(text)) return []
  const roots = [...text.matchAll(/\btype\s+(?:Query|Mutation|Subscription)\b[^{]*\{([^}]*)\}/g)]
  const operations = roots.reduce((sum, [, body = '']) => sum + fieldsOf(body), 0)
  return [{ kind: 'graphql', file, version: null, operations }]
}
