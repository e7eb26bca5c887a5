import { z } from 'zod'
import type { HookHost } from './index.ts'

/** What a host tells a hook: each has its own names, and leaves out what it does not know. */
const Payload = z.looseObject({
  session_id: z.string().optional(),
  sessionId: z.string().optional(),
  conversation_id: z.string().optional(),
  cwd: z.string().optional(),
  workspace_roots: z.array(z.string()).optional(),
  /** file in which the host keeps what was said */
  transcript_path: z.string().nullish(),
  stop_hook_active: z.boolean().optional(),
  loop_count: z.number().optional(),
  /** of Cursor: `completed`, `aborted`, `error` */
  status: z.string().optional(),
})

export type Asked = {
  session: string
  /** where the host's agent works; null where it does not say */
  cwd: string | null
  /** where the host keeps what was said; null where it does not say */
  transcript: string | null
  /** the agent goes on already because a hook held it back */
  again: boolean
  /** the person ended it: nothing is to be held back */
  aborted: boolean
}

/** Reads what a host wrote to us; anything that is not its JSON is taken for nothing. */
export const readAsked = (text: string): Asked => {
  let value: unknown = {}
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    value = {}
  }
  const parsed = Payload.safeParse(value)
  const payload = parsed.success ? parsed.data : {}
  return {
    session: payload.session_id ?? payload.sessionId ?? payload.conversation_id ?? '',
    cwd: payload.cwd ?? payload.workspace_roots?.[0] ?? null,
    transcript: payload.transcript_path ?? null,
    again: payload.stop_hook_active === true || (payload.loop_count ?? 0) > 0,
    aborted: payload.status === 'aborted' || payload.status === 'error',
  }
}

/** What the gate says: the agent may end, with a line for the person, or it goes on with a reason. */
export type Answer = { hold: false; note: string | null } | { hold: true; reason: string }

type Write = (answer: Answer) => Record<string, unknown>

const asDecision =
  (word: 'block' | 'deny', notes: boolean): Write =>
  (answer) => {
    if (answer.hold) return { decision: word, reason: answer.reason }
    return notes && answer.note !== null ? { systemMessage: answer.note } : {}
  }

const WRITERS: Readonly<Record<HookHost, Write>> = {
  'claude-code': asDecision('block', true),
  codex: asDecision('block', true),
  gemini: asDecision('deny', true),
  copilot: asDecision('block', false),
  opencode: asDecision('block', true),
  cursor: (answer) => (answer.hold ? { followup_message: answer.reason } : {}),
}

/** One line of JSON in the host's own words. */
export const writeAnswer = (host: HookHost, answer: Answer): string =>
  `${JSON.stringify(WRITERS[host](answer))}\n`
