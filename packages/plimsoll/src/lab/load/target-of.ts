import type { LoadPlan } from '../../instruments/load/load.ts'

export const targetOf = (baseUrl: string): LoadPlan['target'] => {
  const { hostname, port } = new URL(baseUrl)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
}
