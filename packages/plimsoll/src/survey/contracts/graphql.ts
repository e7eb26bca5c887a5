import type { Project } from '../../instruments/source/project.ts'
import type { Contract } from '../../model/system.ts'

/** Without descriptions, comments and arguments: what is left between braces are fields. */
const bareText = (text: string) => {
  let plain = text
    .replace(/"""[\s\S]*?"""/g, '')
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '')
    .replace(/#[^\n]*/g, '')
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replace(/\([^()]*\)/g, '')
  }
  return plain
}

const fieldsOf = (body: string): number => [...body.matchAll(/\w+\s*:/g)].length

/** A schema, as opposed to a file of queries: it defines types. Operations are the fields of its root types. */
export const readGraphql = (project: Project, file: string): Contract[] => {
  const text = bareText(project.text(file) ?? '')
  if (
    !/^\s*(extend\s+)?((type|interface|input|enum)[ \t]+\w+[^{}\n]*\{|schema[^{}\n]*\{|scalar[ \t]+\w+|union[ \t]+\w+)/m.test(
      text,
    )
  )
    return []
  const roots = [...text.matchAll(/\btype\s+(?:Query|Mutation|Subscription)\b[^{]*\{([^}]*)\}/g)]
  const operations = roots.reduce((sum, [, body = '']) => sum + fieldsOf(body), 0)
  return [{ kind: 'graphql', file, version: null, operations }]
}
