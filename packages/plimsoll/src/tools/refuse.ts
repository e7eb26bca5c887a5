import type { Asking, Door } from '../engine/door/door.ts'
import type { ToolAnswer, ToolContext } from './define.ts'

/** It did what was asked, and the answer is no. */
export const no = (text: string): ToolAnswer => ({ text, failed: true })

/** Asks the engine, where the surface lends it. */
export const withDoor = async (
  { door }: ToolContext,
  ask: (door: Door) => Promise<ToolAnswer>,
): Promise<ToolAnswer> =>
  door === undefined
    ? no(
        'The engine is not at hand here. Ask for it where the repository is open: plimsoll prove, plimsoll mcp.',
      )
    : ask(door)

/** What a question to the engine takes along. */
export const asking = ({ signal, onProgress }: ToolContext): Asking => ({
  signal,
  onProgress: (line) => onProgress?.(line),
})
