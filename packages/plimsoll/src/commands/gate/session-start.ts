import { closeSync, openSync, readSync } from 'node:fs'

const HEAD_BYTES = 64 << 10
const TIME =
  /"(?:timestamp|startTime|start_time|createdAt|created_at|time)"\s*:\s*"(\d{4}-\d\d-\d\dT[^"]{5,30})"/

/**
 * When a host's session began: the first time that its transcript names.
 * @param transcript absolute path, as the host tells it
 * @returns ISO 8601; null where the host keeps none that can be read
 */
export const sessionStart = (transcript: string): string | null => {
  try {
    const file = openSync(transcript, 'r')
    try {
      const head = Buffer.alloc(HEAD_BYTES)
      const text = head.toString('utf8', 0, readSync(file, head, 0, HEAD_BYTES, 0))
      const said = new Date(TIME.exec(text)?.[1] ?? '')
      return Number.isNaN(said.getTime()) ? null : said.toISOString()
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}
