import {
  apiOfService,
  describeService,
} from '../../packages/plimsoll/src/contract/from-survey/describe-service.ts'
import type { HandoffInput } from '../../packages/plimsoll/src/handoffs/define.ts'
import { sampleRuns } from './sample-run/index.ts'

/** What hand-offs of the sample service are made from; without a Run where nothing was proved. */
export const handoffInput = (run = true): HandoffInput => {
  const sample = sampleRuns.complete()
  const [service] = sample.system.services
  if (service === undefined) throw new Error('the sample has no service')
  return {
    system: sample.system,
    service,
    run: run ? sample : null,
    api: apiOfService(service),
    openapi: describeService(service).document,
  }
}
