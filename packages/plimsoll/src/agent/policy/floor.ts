import { NO_SECRET_FILES, SECRET_FILES } from '../../lab/environment/secret-files.ts'
import type { Action, Rule } from '../../model/agent.ts'

/** Why a rule of the floor stands, and what to do instead: by what stands after `floor:` in `Rule.from`. */
export const FLOOR_REASONS = {
  secrets: {
    why: 'holds secrets',
    instead: 'read the example file (.env.example) or the code for the names; commands get values of the lab',
  },
  gates: {
    why: 'decides what counts as proven',
    instead: 'mend the code instead; if the file itself is wrong, say so and let a person change it',
  },
  history: {
    why: 'belongs to the history of the repository',
    instead: 'leave commits to the person, or use git commands that only read',
  },
  outside: {
    why: 'lies outside of the workspace',
    instead: 'keep to files of the workspace; for scratch files use /tmp in a command',
  },
  destructive: {
    why: 'throws away work or rewrites history',
    instead: 'take back single changes with an edit; the person can use "plimsoll undo"',
  },
  whole: {
    why: 'would delete the workspace, a folder above it, or what no checkpoint holds',
    instead: 'name the files or folders that are in the way; what a checkpoint holds can be deleted',
  },
} as const

type Reason = keyof typeof FLOOR_REASONS

const GATES = [
  '**/plimsoll.config.*',
  '**/.plimsoll/**',
  '**/.github/workflows/*plimsoll*',
  '**/.claude/settings*.json',
  '**/.cursor/hooks.json',
  '**/.gemini/settings.json',
  '**/.codex/hooks.json',
  '**/.github/hooks/**',
]

const HISTORY = ['.git', '.git/**', '**/.git', '**/.git/**']

/** Commands as they are once their options before the verb are gone; a later line takes an earlier one back. */
const DESTRUCTIVE: readonly (readonly [string, Action])[] = [
  ['git reset *--hard*', 'deny'],
  ['git reset *--merge*', 'deny'],
  ['git clean *', 'deny'],
  ['git clean {-n,-nd,-ndx,--dry-run} *', 'allow'],
  ['git checkout *-f*', 'deny'],
  ['git checkout *--force*', 'deny'],
  ['git checkout -- *', 'deny'],
  ['git checkout * -- *', 'deny'],
  ['git checkout .', 'deny'],
  ['git restore *', 'deny'],
  ['git restore --staged *', 'allow'],
  ['git switch *-f*', 'deny'],
  ['git switch *--discard-changes*', 'deny'],
  ['git push *--force*', 'deny'],
  ['git push * -f*', 'deny'],
  ['git push -f*', 'deny'],
  ['git push *--mirror*', 'deny'],
  ['git push *--delete*', 'deny'],
  ['git push * -d *', 'deny'],
  ['git push * :*', 'deny'],
  ['git push * +*', 'deny'],
  ['git branch {-D,-d,-f,-M} *', 'deny'],
  ['git branch {--delete,--force} *', 'deny'],
  ['git tag -d *', 'deny'],
  ['git rebase *', 'deny'],
  ['git commit *--amend*', 'deny'],
  ['git filter-branch *', 'deny'],
  ['git filter-repo *', 'deny'],
  ['git reflog {expire,delete} *', 'deny'],
  ['git gc *--prune*', 'deny'],
  ['git prune *', 'deny'],
  ['git update-ref *', 'deny'],
  ['git stash {drop,clear} *', 'deny'],
  ['git worktree remove *', 'deny'],
  ['{mkfs,mkfs.ext4,wipefs,fdisk,shutdown,reboot,halt,poweroff} *', 'deny'],
  ['kill * -1', 'deny'],
  ['plimsoll {undo,install} *', 'deny'],
]

const rule = (tool: string, pattern: string, action: Action, reason: Reason): Rule => ({
  tool,
  pattern,
  action,
  from: `floor:${reason}`,
})

const rules = (tools: readonly string[], patterns: readonly string[], action: Action, reason: Reason) =>
  tools.flatMap((tool) => patterns.map((pattern) => rule(tool, pattern, action, reason)))

/** `config/keys/a` -> `./config`, `./config/keys`, `./config/keys/a` */
const withFoldersAbove = (path: string): string[] =>
  path.split('/').map((_, index, segments) => `./${segments.slice(0, index + 1).join('/')}`)

export type FloorOptions = {
  /** commands run in a sandbox that shows them lab values in place of secret files, and nothing outside */
  masked: boolean
  /** files of the workspace that no checkpoint holds and nobody can make again, relative */
  unsaved?: readonly string[]
  /** further files that decide what counts as proven, relative */
  gates?: readonly string[]
}

/**
 * Rules that no configuration, definition or parent lifts. `@reads` and `@writes` are all tools of that effect;
 * `@command-…` is what a command line does to a file, as far as it can be read.
 *
 * Deleting inside of the workspace is allowed where a checkpoint holds the files, because "plimsoll undo" brings them
 * back. Which database a command reaches is not decided here: no rule over its text could; the sandbox makes every
 * store but the lab's unreachable.
 */
export const floorRules = ({ masked, unsaved = [], gates = [] }: FloorOptions): Rule[] => {
  const secretTools = [
    '@reads',
    '@writes',
    '@command-writes',
    '@command-deletes',
    ...(masked ? [] : ['@command-reads']),
  ]
  return [
    ...rules(['@writes', '@reads'], ['/**'], 'deny', 'outside'),
    ...rules(['@command-writes', '@command-deletes'], ['/**'], 'deny', 'outside'),
    ...rules(
      ['@command-writes', '@command-deletes'],
      ['/tmp/**', '/var/tmp/**', '/dev/{null,stdout,stderr,tty}', '/dev/fd/*'],
      'allow',
      'outside',
    ),
    ...rules(secretTools, SECRET_FILES, 'deny', 'secrets'),
    ...rules(secretTools, NO_SECRET_FILES, 'allow', 'secrets'),
    ...rules(['@writes', '@command-writes', '@command-deletes'], [...GATES, ...gates], 'deny', 'gates'),
    ...rules(['@writes', '@command-writes', '@command-deletes'], HISTORY, 'deny', 'history'),
    ...rules(['@command-deletes'], ['./.', ...new Set(unsaved.flatMap(withFoldersAbove))], 'deny', 'whole'),
    ...DESTRUCTIVE.map(([pattern, action]) => rule('@command', pattern, action, 'destructive')),
  ]
}
