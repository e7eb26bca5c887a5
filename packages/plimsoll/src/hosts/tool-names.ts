import { ownKey } from './own-key.ts'

/** Words of other hosts for what our tools do; several where one word covers several of ours. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  read: ['read'],
  write: ['write'],
  edit: ['edit', 'patch'],
  patch: ['patch'],
  ask: ['ask'],
  bash: ['bash'],
  grep: ['grep'],
  glob: ['glob'],
  todo: ['todo'],
  delegate: ['delegate'],
}

const SYNONYMS: Readonly<Record<keyof typeof OURS, readonly string[]>> = {
  read: [
    'view',
    'read_file',
    'readfile',
    'read_many_files',
    'fs_read',
    'read_files',
    'cat',
    'notebookread',
    'fileread',
    'problems',
  ],
  write: ['write_file', 'writefile', 'create', 'create_file', 'createfile', 'new', 'filewrite'],
  edit: [
    'multiedit',
    'replace',
    'str_replace',
    'edit_file',
    'editfiles',
    'notebookedit',
    'fileedit',
    'search_replace',
  ],
  patch: ['apply_patch', 'applypatch'],
  ask: ['askuserquestion', 'question', 'ask_user', 'ask_user_question'],
  bash: [
    'shell',
    'run_shell_command',
    'execute_bash',
    'execute_cmd',
    'runcommands',
    'runcommand',
    'terminal',
    'run_in_terminal',
    'run_terminal_cmd',
    'powershell',
    'execute',
    'bashoutput',
    'killshell',
    'killbash',
    'runtests',
    'runtasks',
    'local_shell',
  ],
  grep: [
    'search_file_content',
    'grep_search',
    'textsearch',
    'codebase',
    'codebase_search',
    'code',
    'usages',
    'searchresults',
    'codesearch',
  ],
  glob: ['list', 'ls', 'list_directory', 'list_dir', 'listdirectory', 'filesearch', 'file_search', 'find'],
  todo: [
    'todowrite',
    'todoread',
    'todo_write',
    'write_todos',
    'todos',
    'todo_list',
    'update_plan',
    'taskcreate',
    'taskupdate',
    'tasklist',
    'taskget',
  ],
  delegate: ['task', 'agent', 'subagent', 'runsubagent', 'use_subagent', 'agents', 'custom-agent'],
}

/** Tools of other hosts that nothing here corresponds to. */
const ELSEWHERE = new Set([
  ...[
    'webfetch',
    'web_fetch',
    'websearch',
    'web_search',
    'google_web_search',
    'web',
    'fetch',
    'skill',
    'lsp',
    'browser',
  ],
  ...['save_memory', 'memory', 'exitplanmode', 'toolsearch'],
  ...[
    'githubrepo',
    'opensimplebrowser',
    'vscodeapi',
    'extensions',
    'changes',
    'testfailure',
    'notebook',
    'use_aws',
    'aws',
  ],
  ...[
    'knowledge',
    'introspect',
    'thinking',
    'spec',
    'report',
    'doom_loop',
    'external_directory',
    'cronlist',
    'activate_skill',
  ],
])

const TABLE = new Map(
  Object.entries(SYNONYMS).flatMap(([id, words]) => words.map((word) => [word, OURS[id] ?? [id]] as const)),
)

const serverCall = (name: string): string | null => {
  const match =
    /^mcp__([\w.-]+?)(?:__(.+))?$/.exec(name) ??
    /^@([\w.-]+)(?:\/(.+))?$/.exec(name) ??
    /^([\w.-]+)\/(\*|[\w.-]+)$/.exec(name) ??
    /^mcp_([\w-]+?)_(\*|[\w.-]+)$/.exec(name) ??
    /^([\w-]+?)_(\*)$/.exec(name)
  return match === null ? null : `mcp:${match[1]}:${match[2] ?? '*'}`
}

export type NamedTool = {
  /** ids of ours, `mcp:server:tool`, or the word as it is */
  ids: readonly string[]
  kind: 'ours' | 'server' | 'elsewhere' | 'unknown'
}

/**
 * What a host's word for a tool is here.
 * @param special words that mean something else in this dialect: `{ edit: ['edit', 'write'] }`
 */
export const toolNamed = (
  word: string,
  special: Readonly<Record<string, readonly string[]>> = {},
): NamedTool => {
  const name = word.trim()
  const key = name.toLowerCase()
  const own =
    ownKey(special, key) ?? ownKey(OURS, key) ?? TABLE.get(key) ?? TABLE.get(key.split('/').at(-1) ?? '')
  if (own !== undefined) return { ids: own, kind: 'ours' }
  if (key === '*' || key === 'all') return { ids: ['*'], kind: 'ours' }
  if (key === 'mcp_*' || key === 'mcp__*') return { ids: ['mcp:*'], kind: 'server' }
  if (ELSEWHERE.has(key)) return { ids: [name], kind: 'elsewhere' }
  const server = serverCall(name)
  return server === null ? { ids: [name], kind: 'unknown' } : { ids: [server], kind: 'server' }
}
