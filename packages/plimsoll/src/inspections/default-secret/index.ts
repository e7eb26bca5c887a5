import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'read it from the environment without a fallback, and end the start with an error where it is missing',
  'replace it wherever the fallback was in use: whoever read the source has it',
]

/** **Contract:** no secret leaves `inspect`: of a fallback, two characters are kept. */
export default defineReading({
  id: 'default-secret',
  title: 'No secret has a fallback in the source',
  standard: 'security.transport-storage',
  mayHold: /secret|token|passw|passphrase|salt|pepper|_key\b|credential|signing|encryption|apikey/i,
  kinds: {
    signs: {
      title: (name) => `Sessions or tokens are signed with a fallback in the source when ${name} is not set`,
      ...{ severity: 'medium', tier: 'defect', cwe: 798, repairs: REPAIRS },
      notCovered: ['whether every place it is deployed to sets the variable'],
    },
    secret: {
      title: (name) => `${name} has a fallback in the source`,
      ...{ severity: 'medium', tier: 'suspicion', cwe: 798, repairs: REPAIRS },
      notCovered: ['whether every place it is deployed to sets the variable', 'what it protects'],
    },
    credential: {
      title: (name) => `${name} has a default in the source`,
      ...{ severity: 'low', tier: 'suspicion', cwe: 1392, repairs: REPAIRS },
      notCovered: ['whether the server on the other side takes the default'],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No secret has a fallback in the source',
  notCovered: ['secrets under other names', 'values that a container or a chart sets'],
})
