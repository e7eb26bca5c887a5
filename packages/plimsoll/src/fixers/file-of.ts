import { dirname, normalize, relative } from 'node:path/posix'
import type { Edit } from '../instruments/source/edit/open-edit.ts'
import { importsOf } from '../instruments/source/script-nodes.ts'

const SCRIPT = /\.[cm]?[jt]s$/

const bareName = (file: string) => file.replace(SCRIPT, '')

/** The file among these that a relative import leads to, whatever ending it is written with; null where none is. */
export const fileOf = (from: string, specifier: string, files: readonly string[]): string | null => {
  const wanted = bareName(normalize(`${dirname(from)}/${specifier}`))
  return files.find((file) => [wanted, `${wanted}/index`].includes(bareName(file))) ?? null
}

/** How a file is imported from another, with the ending that its imports have. */
export const specifierOf = (edit: Edit, file: string): string => {
  const path = relative(dirname(edit.file), file)
  const written = path.startsWith('.') ? path : `./${path}`
  const known = [...importsOf(edit.source).values()].find(({ from }) => from.startsWith('.'))?.from
  const ending = known === undefined ? null : (SCRIPT.exec(known)?.[0] ?? '')
  const usual =
    edit.style.modules === 'require' ? '' : edit.style.typescript ? '' : (SCRIPT.exec(file)?.[0] ?? '')
  return `${bareName(written)}${ending ?? usual}`
}
