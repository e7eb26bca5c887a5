import { fault } from '../../base/errors/fault.ts'
import { isLoopback } from '../http/loopback.ts'
import type { LoadPlan } from './load.ts'
import { problemOfRequest } from './prepare-request.ts'

const isAbove = (value: number, floor: number) => Number.isFinite(value) && value > floor

const problemOfOperations = ({ operations }: LoadPlan): string | null => {
  if (operations.length === 0) return 'it has no operation'
  for (const { name, weight, requests } of operations) {
    if (requests.length === 0) return `${name} has no request`
    if (!Number.isFinite(weight) || weight < 0) return `${name} has the weight ${weight}`
    for (const request of requests) {
      const problem = problemOfRequest(request)
      if (problem !== null) return `${name}: ${problem}`
    }
  }
  return operations.every(({ weight }) => weight === 0) ? 'all its weights are 0' : null
}

const problemOf = (plan: LoadPlan): string | null => {
  const { target, arrivals, durationMs, connections, timeoutMs } = plan
  if (!isLoopback(target.host)) return `${target.host} is not on this machine`
  if (arrivals.kind === 'closed' && !isAbove(arrivals.connections, 0)) return 'it has no connections'
  if (arrivals.kind !== 'closed' && !isAbove(arrivals.ratePerSecond, 0)) return 'its rate is not above 0'
  if (!isAbove(durationMs, 0)) return 'it has no duration'
  if (!isAbove(connections, 0)) return 'it has no connections'
  if (!isAbove(timeoutMs, 0)) return 'it has no time-out'
  return problemOfOperations(plan)
}

/** @throws E_BUG for a plan that cannot be sent, or that would leave this machine */
export const checkPlan = (plan: LoadPlan): void => {
  const problem = problemOf(plan)
  if (problem !== null) throw fault('E_BUG', { message: `The load cannot be sent: ${problem}.` })
}
