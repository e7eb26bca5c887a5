import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'list the origins that may send credentials, and answer others without the header',
  'where nobody needs cookies across origins, leave credentials out',
]

/** **Contract:** only reads; what the server answers to a foreign origin is not asked. */
export default defineReading({
  id: 'cors-credentials',
  title: 'Foreign sites may not read answers with the cookies of a visitor',
  standard: 'security.transport-storage',
  mayHold: /credentials/i,
  kinds: {
    reflected: {
      title: () => 'Any site may send requests with the cookies of a visitor, and read the answers',
      ...{ severity: 'medium', tier: 'suspicion', cwe: 942, repairs: REPAIRS },
      notCovered: ['whether a cookie identifies anybody here, and what its SameSite is'],
    },
    wildcard: {
      title: () => 'Every origin is allowed together with credentials',
      ...{ severity: 'low', tier: 'suspicion', cwe: 942, repairs: REPAIRS },
      notCovered: [
        'browsers refuse an answer that has both, until somebody turns * into the origin of the request',
      ],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No code allows every origin together with credentials',
  notCovered: ['headers that a proxy in front adds', 'origins that come from the environment'],
})
