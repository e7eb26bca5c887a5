import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

const REPAIRS = [
  'hash passwords with argon2id (19 MiB, 2 passes), scrypt, or bcrypt with a cost of 12',
  'rehash at the next login, and expire the passwords of those who do not come back',
]

/** **Contract:** only reads. */
export default defineReading({
  id: 'weak-password-hash',
  title: 'Passwords are kept in a form that is slow to guess',
  standard: 'security.authentication',
  mayHold: /passw|pwd|passphrase|bcrypt|genSalt/i,
  kinds: {
    fast: {
      title: (name) => `A password is hashed with ${name}, which is guessed billions of times a second`,
      ...{ severity: 'high', tier: 'suspicion', cwe: 916, repairs: REPAIRS },
      notCovered: ['whether the result is what is kept'],
    },
    plain: {
      title: (name) => `A password is compared as it is (${name}): it is kept in readable form`,
      ...{ severity: 'high', tier: 'suspicion', cwe: 256, repairs: REPAIRS },
      notCovered: ['whether the value was hashed on its way here'],
    },
    cheap: {
      title: (name) => `The hash of passwords costs too little (${name})`,
      ...{ severity: 'low', tier: 'suspicion', cwe: 916, repairs: REPAIRS },
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No fast hash, low cost or plain comparison of a password was seen',
  notCovered: ['passwords under other names', 'what the database does with them'],
})
