import { stringify } from 'yaml'
import { fault } from '../base/errors/fault.ts'
import { shortId } from '../base/ids/short-id.ts'
import type { AgentDefinition } from '../model/agent.ts'
import type { InstalledFile } from './define.ts'

const MARK = /^(?:<!--|#) written by plimsoll install, (\w{8})(?: -->)?$/m

const seal = (text: string, isToml: boolean): string => {
  const id = shortId([text], 8)
  const mark = `written by plimsoll install, ${id}`
  return isToml ? `${text}# ${mark}\n` : `${text}<!-- ${mark} -->\n`
}

/** Whether an installation of ours wrote the file: then it is no definition, but a copy of ours. */
export const isInstalledCopy = (text: string): boolean => MARK.test(text)

/** Whether it is still as it was written. */
const isUntouched = (text: string): boolean => {
  const [line = '', id] = MARK.exec(text) ?? []
  const start = text.lastIndexOf(line)
  return id !== undefined && text.slice(start) === `${line}\n` && shortId([text.slice(0, start)], 8) === id
}

/**
 * The agent in a file of its own. One that we did not write is never replaced, and one that was changed by hand stays.
 * @param head keys of its YAML head, or the whole text of a TOML file
 */
export const agentFile = (
  file: string,
  head: Readonly<Record<string, unknown>> | string,
  agent: AgentDefinition,
  uninstall: boolean,
): InstalledFile => {
  const isToml = typeof head === 'string'
  const body = agent.instructions.trim()
  const text = seal(isToml ? head : `---\n${stringify(head, { lineWidth: 0 })}---\n\n${body}\n\n`, isToml)
  const change = (before: string | null) => {
    if (before === null) return uninstall ? null : text
    if (isInstalledCopy(before)) return isUntouched(before) ? (uninstall ? null : text) : before
    if (uninstall) return before
    throw fault('E_NOT_INSTALLED', {
      problem: `${file} is there already, and plimsoll did not write it`,
      mend: 'Move it away or give it another name; then run it again.',
    })
  }
  return { file, what: 'the agent', change }
}
