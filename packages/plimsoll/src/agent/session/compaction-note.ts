import type { Todo } from '../../tools/define.ts'
import type { Message } from '../model/model.ts'

export type NoteFacts = {
  changed: readonly string[]
  /** the newest word of the engine on the work, as it was sent; null while there is none */
  feedback: string | null
  todo: readonly Todo[]
  /** messages that the note stands for, and those after: only those of the first are lost */
  messages: readonly Message[]
}

const MOST_STEPS = 12
const MOST_WORDS = 6
const MOST_FILES = 60

/** Begins every message that the engine writes in the person's place. */
export const FROM_ENGINE = '[plimsoll]'

const firstSentence = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  const end = /[.!?](?: |$)/.exec(line)?.index ?? line.length
  return line.slice(0, Math.min(end + 1, 200))
}

const section = (title: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : [title, ...rows]

/** What a session knows of itself, in place of the messages that became too many: facts, and no opinion. */
export const compactionNote = ({ changed, feedback, todo, messages }: NoteFacts): string => {
  const said = messages.flatMap((message) =>
    message.role === 'assistant' && message.text.trim() !== '' ? [`- ${firstSentence(message.text)}`] : [],
  )
  const words = messages
    .slice(1)
    .flatMap((message) =>
      message.role === 'user' && !message.text.startsWith(FROM_ENGINE)
        ? [`- ${message.text.trim().slice(0, 1_000)}`]
        : [],
    )
  return [
    `${FROM_ENGINE} The conversation became too long. This stands for its earlier part, from the session's own journal:`,
    ...section('Files changed since the start:', [changed.slice(0, MOST_FILES).join(', ')].filter(Boolean)),
    ...(feedback === null ? [] : ['The last proof of the work said:', feedback]),
    ...section(
      'Steps:',
      todo.map(({ text, state }) => `- (${state}) ${text}`),
    ),
    ...section('What the person added:', words.slice(-MOST_WORDS)),
    ...section('What you said on the way:', said.slice(-MOST_STEPS)),
    'Read again what you need; files on disk are as you left them.',
  ].join('\n')
}
