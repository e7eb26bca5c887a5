import type { Toxic } from './toxic.ts'

const PIECES_A_SECOND = 20

/** A piece leaves when the ones before it, and it itself, have had their time on the line. */
export const bandwidth = ({ bytesPerSecond }: { bytesPerSecond: number }): Toxic => {
  let freeMs = 0
  return {
    pieceBytes: Math.max(1, Math.floor(bytesPerSecond / PIECES_A_SECOND)),
    leaveMs: (atMs, bytes) => {
      freeMs = Math.max(atMs, freeMs) + (bytes / bytesPerSecond) * 1_000
      return freeMs
    },
  }
}
