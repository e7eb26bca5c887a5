import type ts from 'typescript'
import { importsOf } from '../instruments/source/script-nodes.ts'

/** What a file reports errors with: its own logger where it has one, the console elsewhere. */
export const logOf = (source: ts.SourceFile): string => {
  const known = importsOf(source)
  const logger = ['logger', 'log'].find((name) => known.has(name) && source.text.includes(`${name}.error(`))
  return logger ?? 'console'
}
