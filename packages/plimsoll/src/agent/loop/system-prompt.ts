import type { AgentDefinition } from '../../model/agent.ts'
import { instructionsOf } from './instructions-of.ts'

export type PromptFacts = {
  agent: Pick<AgentDefinition, 'name' | 'dialect' | 'instructions'>
  /** ids of the tools that it has */
  tools: readonly string[]
  /** `2026-11-23` */
  date: string
  /** `linux x64, Node 22.1` */
  system: string
  root: string
  /** `main, 3 files changed`; null where there is no repository */
  git: string | null
  /** `14 routes · Fastify 5 · PostgreSQL through pg`; or why nothing was recognised */
  backend: string
  /** what is not held back here, and how to get it */
  gaps: readonly string[]
  /** AGENTS.md and the like */
  context: readonly { file: string; text: string }[]
  canAsk: boolean
  /** what has to be proved, where a session goes on */
  standing: string | null
  isChild: boolean
}

const FILE_BYTES = 6_000
const ALL_BYTES = 16_000

const DONE = `# When it is done
You do not decide that. When you stop calling tools, the engine derives from the diff what has to hold (contract, access, races, idempotency, torn writes, load, …), runs it in a lab beside the real database, and sends you what it refuted. Only its verdict counts; your words change nothing.
- Say only what a tool's answer showed. What was not run, call not run.
- Tests, specs, thresholds and gate files are held against the start: one that is easier to pass than before counts as refuted. Adding is welcome.
- \`prove\` with \`only\` checks one thing early; that is cheaper than being sent back.
- At the end: at most five sentences on what changed, what you assumed, what is left.`

const CHILD = `# When it is done
You work for another agent, who gets your last answer and nothing else: at most 3,000 characters, facts with file:line, what you changed, what you did not find out. The engine proves the whole afterwards.`

const WORK = `# How to work
- Read before you change; take the smallest change that does it, in the style and with the libraries and the migration tool that are there.
- Several reads in one answer run side by side. Long output is cut, and the answer names the file that holds all of it.
- A call that is refused stays refused in every other form; its answer says what to do instead.
- bash, query and http reach the lab's databases, never the project's own. Servers that you start end with the session.`

const asking = (canAsk: boolean) =>
  canAsk
    ? '- Where the task leaves open what matters and no file tells, ask once, with everything in one question.'
    : '- Nobody is there to ask. Where the task leaves something open, take the careful reading and state it as an assumption.'

const contextOf = (context: PromptFacts['context']): string[] => {
  let room = ALL_BYTES
  const shown = context.map(({ file, text }) => {
    const most = Math.min(FILE_BYTES, room)
    const kept = text.trim().slice(0, most)
    room -= kept.length
    if (kept === '') return `(${file}: read it when it is about what you do)`
    return `<file path="${file}">\n${kept}${kept.length < text.trim().length ? `\n… (the rest is in ${file})` : ''}\n</file>`
  })
  return shown.length === 0 ? [] : ['# What the project says of itself', ...shown]
}

/** Everything that a model has to know before the task; the same for the whole session, so that it can be cached. */
export const systemPrompt = (facts: PromptFacts): string => {
  const here = [
    `${facts.date} · ${facts.system} · workspace ${facts.root}${facts.git === null ? '' : ` · git ${facts.git}`}`,
    `Backend: ${facts.backend}`,
    ...facts.gaps.map((gap) => `Not enforced: ${gap}`),
  ]
  return [
    `You are "${facts.agent.name}", at work on a backend through the tools of plimsoll.`,
    instructionsOf(facts.agent, facts.tools).trim(),
    facts.isChild ? CHILD : DONE,
    `${WORK}\n${asking(facts.canAsk)}`,
    `# Here\n${here.join('\n')}`,
    ...(facts.standing === null ? [] : [`# State of the proof\n${facts.standing}`]),
    ...contextOf(facts.context),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
