import { isLinkHash } from '../../../instruments/source/hash-tree.ts'
import type { ChangeKind } from '../../../model/change.ts'
import { ABOUT } from '../duties.ts'
import { openReach, type Reach } from '../reach/open-reach.ts'
import { openSketches } from '../reach/open-sketches.ts'
import { labelOf, routesOf } from '../reach/route-spans.ts'
import { changedFiles, type FileChange } from '../trees/file-changes.ts'
import type { Start } from '../trees/start.ts'
import type { Tree } from '../trees/tree.ts'
import type { Change } from './change.ts'
import { changedCode } from './change-code.ts'
import { changedSetting } from './change-manifest.ts'
import { type Role, roleOf } from './change-of-file.ts'
import { changedRoutes } from './change-routes.ts'
import { changedMigration } from './change-tables.ts'

export type Changes = {
  /** every file of which the content differs */
  files: readonly FileChange[]
  /** what that means; empty where nothing of it concerns a proof */
  changes: readonly Change[]
}

/** What stands in the code of operations that are new is part of their being new. */
const fold = (routes: readonly Change[], code: readonly Change[]): Change[] => {
  const fresh = new Map(
    routes.filter(({ change }) => change === 'new route').map((one) => [one.what, { ...one }]),
  )
  const rest = code.filter((one) => {
    const own = one.operations.length > 0 && one.operations.every((label) => fresh.has(label))
    if (!own || one.kinds.some((kind) => ABOUT[kind] === 'everything')) return true
    for (const label of one.operations) {
      const route = fresh.get(label)
      if (route === undefined) continue
      const kinds: ChangeKind[] = [...new Set([...route.kinds, ...one.kinds])]
      fresh.set(label, { ...route, kinds, lines: [...route.lines, ...one.lines] })
    }
    return false
  })
  return [...routes.map((one) => fresh.get(one.what) ?? one), ...rest]
}

const CODE = /\.(?:[cm]?[jt]sx?|py)$/

/** Code that the app imports is its code, whatever the folder is called. */
const roleIn = (change: FileChange, { system }: Tree, { files }: Reach): Role => {
  const role = roleOf(change, system)
  return role === 'nothing' && files.has(change.file) && CODE.test(change.file) ? 'code' : role
}

/** A link, or code that git ignores: what it does cannot be read here, and the app may run it. */
const isUnread = ({ file, before, after }: FileChange, start: Start, now: Tree): boolean => {
  if ([start, now].some(({ hashes }) => isLinkHash(hashes.get(file)))) return true
  return before === null && after === null && CODE.test(file)
}

const unreadCode = ({ file }: FileChange): Change => ({
  ...{ change: 'changed code that is not read', what: file, place: null, lines: [], operations: [] },
  kinds: ['read-route', 'write-route'],
})

/** What is not as it was at the start, in terms of operations, statements, tables and settings. */
export const describeChanges = (start: Start, now: Tree): Changes => {
  const files = changedFiles(start, now)
  if (files.length === 0) return { files, changes: [] }
  const sketches = openSketches(now.project)
  const reach = openReach(now.system, sketches)
  const known = new Set(routesOf(now.system).map(labelOf))
  const code: Change[] = []
  const settings: Change[] = []
  for (const file of files) {
    const role = roleIn(file, now, reach)
    if (isUnread(file, start, now)) code.push(unreadCode(file))
    if (role === 'code') code.push(...changedCode(file, { reach, sketches, start, known }))
    else if (role === 'migration') settings.push(changedMigration(file, now, reach))
    else {
      const setting = changedSetting(file, role)
      if (setting !== null) settings.push(setting)
    }
  }
  return { files, changes: [...fold(changedRoutes(start, now), code), ...settings] }
}
