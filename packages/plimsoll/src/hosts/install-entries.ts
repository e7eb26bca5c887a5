import { parse } from 'smol-toml'
import { fault } from '../base/errors/fault.ts'
import type { InstalledFile, InstallOptions } from './define.ts'
import { addItem, addKey, removeItem, removeKey } from './json-edit.ts'
import { NoJson, readTree } from './json-tree.ts'

type Value = Readonly<Record<string, unknown>>

/** The line that a host's hook runs when its agent wants to end. */
export const commandLine = ({ file, args }: InstallOptions['command'], host: string): string =>
  [file, ...args, 'gate', '--hook', host].join(' ')

const unreadable = (file: string, line: number, cause: NoJson) =>
  fault(
    'E_NOT_INSTALLED',
    {
      problem: `${file} ${cause.message} (line ${line})`,
      mend: 'Mend that line, or move the file away; then run it again.',
    },
    { cause },
  )

/** Runs an edit on a JSON file; what is empty in the end is gone if it holds nothing but our own frame. */
const editJson = (file: string, before: string, edit: (text: string) => string): string => {
  try {
    if (readTree(before).kind !== 'object') throw new NoJson(0)
    return edit(before)
  } catch (thrown) {
    if (!(thrown instanceof NoJson)) throw thrown
    throw unreadable(file, before.slice(0, thrown.offset).split('\n').length, thrown)
  }
}

const isFrame = (text: string, frame: Value): boolean => {
  const { value } = readTree(text)
  return JSON.stringify(value) === JSON.stringify(frame)
}

type Edit = (text: string, path: readonly string[], value: unknown) => string

const jsonEntry = (
  file: string,
  what: string,
  { add, remove, frame }: { add(text: string): string; remove(text: string): string; frame: Value },
  uninstall: boolean,
): InstalledFile => ({
  file,
  what,
  change: (before) => {
    if (!uninstall) {
      const isNew = before === null || before.trim() === ''
      const after = editJson(file, isNew ? JSON.stringify(frame, null, 2) : before, add)
      return isNew ? `${after.trimEnd()}\n` : after
    }
    if (before === null || before.trim() === '') return before
    const after = editJson(file, before, remove)
    return after !== before && isFrame(after, frame) ? null : after
  },
})

/** A server of the Model Context Protocol under a key of its own; one of that name that is there stays. */
export const serverEntry = (
  file: string,
  path: readonly string[],
  value: Value,
  uninstall: boolean,
): InstalledFile => {
  const add = (text: string) => addKey(text, path, value)
  const remove = (text: string) => removeKey(text, path, value)
  return jsonEntry(file, 'MCP server', { add, remove, frame: {} }, uninstall)
}

/**
 * One more item in a list of hooks.
 * @param frame keys that the file has to have beside it: `{ version: 1 }`
 */
export const hookEntry = (
  file: string,
  path: readonly string[],
  value: Value,
  uninstall: boolean,
  frame: Value = {},
): InstalledFile => {
  const framed = (text: string, edit: Edit) =>
    Object.entries(frame).reduce((done, [key, said]) => edit(done, [key], said), text)
  const add = (text: string) => addItem(framed(text, addKey), path, value)
  const remove = (text: string) => removeItem(text, path, value)
  return jsonEntry(file, 'stop hook', { add, remove, frame }, uninstall)
}

const hasServer = (text: string) => {
  const tables: unknown = parse(text).mcp_servers
  return typeof tables === 'object' && tables !== null && 'plimsoll' in tables
}

const badToml = (file: string, cause: unknown) =>
  fault(
    'E_NOT_INSTALLED',
    { problem: `${file} is no valid TOML`, mend: 'Mend it, or move it away; then run it again.' },
    { cause },
  )

/** A table at the end of a TOML file; everything before it stays as it is. */
export const tomlServer = (
  file: string,
  { command, args }: { command: string; args: readonly string[] },
  uninstall: boolean,
): InstalledFile => {
  const table = `[mcp_servers.plimsoll]\ncommand = ${JSON.stringify(command)}\nargs = [${args.map((arg) => JSON.stringify(arg)).join(', ')}]\n`
  const install = (before: string): string => {
    try {
      if (hasServer(before)) return before
    } catch (thrown) {
      throw badToml(file, thrown)
    }
    if (before === '') return table
    const newline = before.includes('\r\n') ? '\r\n' : '\n'
    return `${before}${before.endsWith('\n') ? '' : newline}${newline}${table.replaceAll('\n', newline)}`
  }
  const remove = (before: string): string | null => {
    for (const newline of ['\r\n', '\n']) {
      const own = table.replaceAll('\n', newline)
      for (const written of [`${newline}${own}`, own])
        if (before.includes(written)) return before.replace(written, () => '') || null
    }
    return before
  }
  return {
    file,
    what: 'MCP server',
    change: (before) => (uninstall ? (before === null ? null : remove(before)) : install(before ?? '')),
  }
}
