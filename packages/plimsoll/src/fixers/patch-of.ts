import { type Edit, openEdit } from '../instruments/source/edit/open-edit.ts'
import { parseScript } from '../instruments/source/parse-script.ts'
import type { Project } from '../instruments/source/project.ts'
import type { Patch } from '../model/patch.ts'
import type { Finding } from '../model/verdict.ts'

/** Edits of any number of files of a project, each opened once. */
export type Edits = {
  /** null where there is no such script, or it cannot be parsed */
  of(file: string): Edit | null
  /** a whole file: one that is not there yet, or no script */
  create(file: string, text: string): void
  changes(): Patch['changes']
}

export const openEdits = (project: Project): Edits => {
  const open = new Map<string, Edit>()
  const created = new Map<string, string>()
  return {
    of: (file) => {
      const known = open.get(file)
      if (known !== undefined) return known
      const source = project.script(file)
      if (source === null || parseScript(file, source.text).problem !== null) return null
      const edit = openEdit(source)
      open.set(file, edit)
      return edit
    },
    create: (file, text) => {
      created.set(file, text)
    },
    changes: () => [
      ...[...open.values()].map((edit) => ({
        file: edit.file,
        before: edit.source.text,
        after: edit.text(),
      })),
      ...[...created].map(([file, after]) => ({ file, before: project.text(file), after })),
    ],
  }
}

const isSound = ({ file, after }: Patch['changes'][number]) =>
  after === null || !/\.[cm]?[jt]sx?$/.test(file) || parseScript(file, after).problem === null

/** The edits as one patch; none where nothing changed, or something would no longer be code. */
export const patchOf = (finding: Finding, by: string, title: string, edits: Edits): Patch[] => {
  const changes = edits.changes().filter(({ before, after }) => before !== after)
  return changes.length === 0 || !changes.every(isSound) ? [] : [{ finding: finding.id, by, title, changes }]
}
