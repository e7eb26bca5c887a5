import { posix } from 'node:path'
import type { FoundCommand } from '../../../model/system.ts'
import type { Code } from '../code/code.ts'
import { descendants, field } from '../code/syntax.ts'

const NAMES = ['app', 'main', 'server', 'run', 'wsgi', 'application', 'api', '__main__', 'manage']

const rank = (dir: string, file: string) => {
  const name = posix.basename(file, '.py')
  const place = NAMES.indexOf(name)
  const depth = posix.relative(dir, file).split('/').length - 1
  return depth * NAMES.length * 2 + (place === -1 ? NAMES.length : place)
}

/** Files with `if __name__ == '__main__':` that run something there, likeliest first. */
export const findScripts = (code: Code): string[] =>
  code.sources
    .filter(({ root }) =>
      descendants(root.node, 'if_statement').some((statement) => {
        const condition = field(statement, 'condition')?.text ?? ''
        return (
          /__name__/.test(condition) && /\.(run|serve\w*|start\w*)\(|\brun\w*\(|main\(/.test(statement.text)
        )
      }),
    )
    .map(({ file }) => file)
    .sort((a, b) => rank(code.dir, a) - rank(code.dir, b) || (a < b ? -1 : 1))
    .filter(
      (file) => !/(^|\/)(tests?|migrations|scripts?|tools|examples?)\//.test(posix.relative(code.dir, file)),
    )

/** What nobody wrote down: to run the entry file. */
export const guessStart = (code: Code): FoundCommand[] =>
  findScripts(code)
    .slice(0, 2)
    .map((file) => ({ command: `python3 ${posix.relative(code.dir, file)}`, dir: code.dir, from: file }))

/** The file that starts the app: one that runs something when it is the main module, else by convention. */
export const findEntry = (code: Code): string | null => {
  const known = new Set(code.sources.map(({ file }) => file))
  const conventional = NAMES.map((name) => posix.join(code.dir, `${name}.py`))
  return findScripts(code)[0] ?? conventional.find((file) => known.has(file)) ?? null
}
