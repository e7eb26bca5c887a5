import type { Api } from '../../contract/api.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import type { Project } from '../../instruments/source/project.ts'
import { findApi } from '../../lab/api/find-api.ts'
import { rateLimitOf } from '../../lab/failure/rate-limit.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { openStage, type Stage } from '../../lab/open-stage.ts'
import { createOrigin } from '../../lab/origin/find-origin.ts'
import { createSlowPatterns } from '../../lab/patterns/slow-patterns.ts'
import { explore, type Planted, plant, type Voice } from '../../lab/speak/speak.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import type { LabRecord } from '../../model/run.ts'
import type { Service, System } from '../../model/system.ts'
import type { Store } from '../../stores/define.ts'
import type { Offer } from './needs.ts'

export type SessionOptions = {
  root: string
  system: System
  project: Project
  service: Service
  config: Config
  stores: readonly Store[]
  install: boolean
  seed: number
  supervisor: Supervisor
  signal: AbortSignal
  onProgress(event: ProgressEvent): void
  /** told before anything of the repo runs: every address outside the lab that was asked for so far */
  onConfined?(outbound: () => LabRecord['outbound']): void
}

/** `ownStores`: each store in a server that only this lab uses, where one can be had. */
export type OpenOptions = { seed: number; signal: AbortSignal; ownStores?: boolean }

/** A staged system that has been spoken to: any number of labs can be opened from it. */
export type Session = {
  record: Omit<LabRecord, 'outbound'>
  concurrent: boolean
  known: readonly KnownRequest[]
  offer: Offer
  stage: Stage
  /** a fresh lab, logged in anew where the app keeps its sessions in memory */
  open(options: OpenOptions): Promise<Lab>
  close(): Promise<void>
}

const named = (store: Lab['store']) => (store === null ? null : { id: store.id })

const exploreOnce = async (stage: Stage, options: SessionOptions, planted: Planted | null) => {
  const lab = await stage.open({ seed: options.seed, known: [], signal: options.signal })
  try {
    const voice = await explore(lab, { ...options, planted })
    const { store, stores } = lab
    const api = await findApi({ ...options, http: lab.http })
    return {
      voice,
      api,
      offer: { known: voice.known, store: named(store), stores: stores.map(({ id }) => ({ id })) },
    }
  } finally {
    await lab.close()
  }
}

/** What is read of the source once, and asked in every lab. */
type Reading = Required<Pick<Lab, 'origin' | 'slowPatterns'>>
type Learnt = { voice: Voice; api: Api | null; reading: Reading }

const openLab = async (stage: Stage, { voice, api, reading }: Learnt, options: OpenOptions): Promise<Lab> => {
  const lab = await stage.open({ ...options, known: voice.known })
  try {
    const renew = async () => {
      Object.assign(lab, await voice.refresh(lab))
    }
    await renew()
    return Object.assign(lab, { renew, ...reading, ...(api !== null && { api }) })
  } catch (thrown) {
    await lab.close()
    throw thrown
  }
}

/**
 * Stages the system, plants one of each thing the API can create into the template database, and learns which
 * requests work. Throws a fault when the target does not get ready.
 */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const rehearsal: { planted: Planted | null } = { planted: null }
  const stage = await openStage({
    ...options,
    onStep: (step) => options.onProgress({ kind: 'lab-step', ...step }),
    onStepStart: (step, command) => options.onProgress({ kind: 'lab-doing', step, command }),
    rehearse: async (lab) => {
      rehearsal.planted = await plant(lab, options)
    },
  })
  try {
    const { voice, api, offer } = await exploreOnce(stage, options, rehearsal.planted)
    const { project, service } = options
    const reading = {
      origin: createOrigin(project, service),
      slowPatterns: createSlowPatterns(project, service),
    }
    const learnt = { voice, api, reading }
    return {
      record: {
        ...stage.record,
        reach: voice.reach,
        limits: [
          ...stage.record.limits,
          ...rateLimitOf(options.service, voice.reach, options.config.env ?? {}),
        ],
      },
      concurrent: stage.concurrent,
      known: voice.known,
      offer,
      stage,
      open: (asked) => openLab(stage, learnt, asked),
      close: () => stage.close(),
    }
  } catch (thrown) {
    await stage.close()
    throw thrown
  }
}
