import type { Quantiles } from './truth.ts'

/** What a tool is to do: GET of one path of a server on this machine. */
export type Ask = {
  port: number
  path: string
  seconds: number
  connections: number
  /** null: a closed loop, as fast as the answers come */
  ratePerSecond: number | null
}

/** What it said. */
export type Said = {
  requests: number
  perSecond: number
  quantilesMs: Quantiles
  /** of all its threads, from its start to its end */
  cpuMs: number
  /** why its own figures should not be used; null for none */
  refused: string | null
}

export type Tool = {
  name: string
  version: string
  /** how it sends at a rate; null where it cannot */
  pacing: string | null
  /** most it may need so that no arrival waits for a connection, or the connections with which it is used at a rate */
  connectionsFor(ratePerSecond: number): number
  run(ask: Ask): Promise<Said>
}

/** A tool, or why it is not there. */
export type Found = Tool | { name: string; reason: string }

export const urlOf = ({ port, path }: Ask): string => `http://127.0.0.1:${port}${path}`
