import type { Project } from '../../instruments/source/project.ts'
import { lineOf } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import type { Handler } from '../find-handlers.ts'
import type { Edits } from '../patch-of.ts'
import { agreedOwner } from './choose-owner.ts'
import { type Conditions, findConditions } from './find-conditions.ts'
import { type Owner, principalOf } from './find-owners.ts'
import { reachPrincipal } from './reach-principal.ts'

const holdsLine = ({ source, call }: Conditions, line: number) =>
  lineOf(source, call) <= line && line <= source.getLineAndCharacterOfPosition(call.end).line + 1

/** One condition more in the call of a query builder that stands at a place; the owner's column, or null. */
export const mendBuilder = (
  project: Project,
  edits: Edits,
  finding: Finding,
  handlers: readonly Handler[],
  place: { file: string; line: number } | null,
): string | null => {
  const all = findConditions(project)
  const [found, another] = all.filter((one) => one.file === place?.file && holdsLine(one, place.line))
  if (found === undefined || found.add === null || another !== undefined) return null
  const owners = all
    .filter((one) => one !== found && one.table === found.table)
    .flatMap(({ table, pairs }) =>
      pairs.flatMap(({ column, value }): Owner[] => {
        const principal = principalOf(project, handlers, value)
        return principal === null ? [] : [{ table, column, ...principal }]
      }),
    )
  const owner = agreedOwner(finding, owners)
  const edit = edits.of(found.file)
  if (owner === null || edit === null || found.pairs.some(({ column }) => column === owner.column))
    return null
  const value = reachPrincipal(project, edits, { found, handlers, owner })
  if (value === null) return null
  found.add(edit, owner.column, value)
  return owner.column
}
