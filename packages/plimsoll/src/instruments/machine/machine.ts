import { cpus, platform, release, totalmem } from 'node:os'

export type Machine = { cores: number; memoryMb: number; platform: string; node: string }

export const describeMachine = (): Machine => ({
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 1_048_576),
  platform: `${platform()} ${release()}`,
  node: process.version,
})
