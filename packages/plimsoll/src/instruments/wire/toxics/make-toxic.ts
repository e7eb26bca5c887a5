import type { Random } from '../../../base/random/random.ts'
import type { ConnectionFault } from '../wire.ts'
import { bandwidth } from './bandwidth.ts'
import { blackHole } from './black-hole.ts'
import { latency } from './latency.ts'
import { refuse } from './refuse.ts'
import { reset } from './reset.ts'
import { shutdown } from './shutdown.ts'
import { slowClose } from './slow-close.ts'
import type { Toxic } from './toxic.ts'

type Makers = {
  [Kind in ConnectionFault['kind']]: (
    fault: Extract<ConnectionFault, { kind: Kind }>,
    random: Random,
  ) => Toxic
}

const makers: Makers = {
  latency,
  bandwidth,
  reset,
  refuse,
  shutdown,
  'black-hole': blackHole,
  'slow-close': slowClose,
}

export const makeToxic = <Kind extends ConnectionFault['kind']>(
  fault: Extract<ConnectionFault, { kind: Kind }> & { kind: Kind },
  random: Random,
): Toxic => makers[fault.kind](fault, random)
