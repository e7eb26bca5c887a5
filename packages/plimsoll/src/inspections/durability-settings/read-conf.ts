import { isName, isOff, type Name } from './declared.ts'

export type Line = { name: Name; line: number }

/** `name = value # comment`; the last one of a name counts, as the server reads it. */
export const readConf = (text: string): Line[] => {
  const last = new Map<Name, { off: boolean; line: number }>()
  for (const [index, line] of text.split('\n').entries()) {
    const [, name = '', quoted, plain = ''] =
      /^\s*(\w+)(?:\s*=\s*|\s+)(?:'([^']*)'|([^\s#]+))/.exec(line) ?? []
    const known = name.toLowerCase()
    if (isName(known)) last.set(known, { off: isOff(quoted ?? plain), line: index + 1 })
  }
  return [...last].flatMap(([name, { off, line }]) => (off ? [{ name, line }] : []))
}
