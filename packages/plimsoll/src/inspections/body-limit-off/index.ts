import { defineReading } from '../define-reading.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'leave the limit of the parser as it is, and raise it on the one route that needs it, behind its guard',
]

/** **Contract:** only reads; the experiment `exhaustion` sends large bodies. */
export default defineReading({
  id: 'body-limit-off',
  title: 'Bodies and uploads have a limit',
  standard: 'security.limits',
  mayHold: /limit\W{0,3}:|multer/i,
  kinds: {
    endless: {
      title: (name) => `${name} is without a limit: one request may fill the memory`,
      ...{ severity: 'medium', tier: 'suspicion', cwe: 770, repairs: REPAIRS },
      notCovered: ['limits of a proxy in front'],
    },
    upload: {
      title: () => 'Uploads are taken without a limit of their size',
      ...{ severity: 'medium', tier: 'suspicion', cwe: 770 },
      repairs: ['give multer limits: { fileSize, files }, and answer 413 beyond them'],
      notCovered: ['limits of a proxy in front'],
    },
    large: {
      title: (name) => `${name} takes 50 MB or more from everybody`,
      ...{ severity: 'low', tier: 'suspicion', cwe: 770, repairs: REPAIRS },
      notCovered: ['limits of a proxy in front', 'whether a guard comes first'],
    },
  },
  script: findInScript,
  clean: 'No parser of bodies or uploads is without a limit, or has one of 50 MB or more',
  notCovered: ['limits that come from the environment', 'what a proxy in front allows'],
})
