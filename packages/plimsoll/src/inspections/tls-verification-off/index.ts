import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'leave verification on; for a private authority, give its certificate as ca (NODE_EXTRA_CA_CERTS, verify="ca.pem")',
  'where a development server needs it off, bind that to a condition which production cannot meet',
]

const NOT_COVERED = ['whether the connection leaves the machine']

/** **Contract:** only reads; which connections are made is not known. */
export default defineReading({
  id: 'tls-verification-off',
  title: 'Certificates of other servers are verified',
  standard: 'security.transport-storage',
  mayHold:
    /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|strictSSL|sslValidate|tlsAllowInvalid|tlsInsecure|trustServerCertificate|verify\s*=\s*False|verify_ssl|_create_unverified_context|CERT_NONE|InsecureRequestWarning/,
  kinds: {
    process: {
      title: () => 'The whole process accepts any TLS certificate',
      ...{ severity: 'medium', tier: 'defect', cwe: 295, repairs: REPAIRS },
      notCovered: NOT_COVERED,
    },
    connection: {
      title: (name) => `A connection accepts any TLS certificate (${name})`,
      ...{ severity: 'medium', tier: 'suspicion', cwe: 295, repairs: REPAIRS },
      notCovered: NOT_COVERED,
    },
    silenced: {
      title: () => 'The warning about unverified TLS certificates is silenced',
      ...{ severity: 'low', tier: 'suspicion', cwe: 295, repairs: REPAIRS },
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No code turns the verification of certificates off',
  notCovered: ['settings that come from the environment', 'what a library does by default'],
})
