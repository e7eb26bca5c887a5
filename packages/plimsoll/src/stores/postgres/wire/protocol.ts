import type { Decoder, DecoderEvents, Protocol } from '../../../instruments/wire/protocol.ts'
import { createClientMessages } from './client-messages.ts'
import { errorResponse } from './error-response.ts'
import { type Blindness, createClientStream } from './from-client.ts'
import { createStoreStream } from './from-store.ts'
import { createLedger } from './ledger.ts'
import { createNames } from './prepared.ts'
import { refuseUnit } from './refuse-unit.ts'

const ADMIN_SHUTDOWN = '57P01'
const SHUTDOWN_WORDS = 'terminating connection due to administrator command'

const decode = (events: DecoderEvents): Decoder => {
  const names = createNames()
  let inTransaction = false
  const ready: DecoderEvents['ready'] = (state) => {
    inTransaction = state === 'T'
    events.ready(state)
  }
  const ledger = createLedger({ ...events, ready }, names)
  let isBlind = false

  const blindness: Blindness = {
    is: () => isBlind,
    begin: (reason) => {
      if (isBlind) return
      isBlind = true
      ledger.end()
      events.blind(reason)
    },
  }

  const client = createClientStream(createClientMessages(ledger, names), blindness)
  const store = createStoreStream(ledger, blindness)
  return {
    fromClient: (chunk, whole = false) => client.units(chunk, whole),
    fromStore: store.relay,
    refuse: (unit, sqlstate, text) =>
      refuseUnit(ledger, unit, sqlstate, text, { between: store.between(), inTransaction }),
    shutdownNotice: () =>
      store.between() && !isBlind && client.started()
        ? errorResponse('FATAL', ADMIN_SHUTDOWN, SHUTDOWN_WORDS)
        : null,
    end: () => {
      if (client.wantsTls()) blindness.begin('the app insists on TLS, which the lab does not speak')
      ledger.end()
    },
  }
}

/** PostgreSQL's protocol 3, simple and extended, with copy and cancel requests. */
export const postgresProtocol: Protocol = { id: 'postgres', decode }
