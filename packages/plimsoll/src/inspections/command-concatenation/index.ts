import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'

/** **Contract:** only reads; the experiment `injection` proves what a shell executes. */
export default defineReading({
  id: 'command-concatenation',
  title: 'No shell command is put together from what a client sends',
  standard: 'security.input',
  mayHold: /child_process|execa|shelljs|zx|\bexec(?:Sync)?\b|os\.(?:system|popen)|subprocess/,
  kinds: {
    request: {
      title: (name) => `${name} becomes part of a command that a shell executes`,
      ...{ severity: 'critical', tier: 'suspicion', cwe: 78 },
      repairs: [
        'call the program without a shell, each argument apart: execFile(program, [argument]), subprocess.run([program, argument])',
        'look the argument up in a list of the ones that are allowed, and put -- before what a client gives',
      ],
      notCovered: ['whether something before the handler refuses such a value'],
    },
  },
  script: findInScript,
  python: findInPython,
  clean: 'No request data was seen in a shell command',
  notCovered: [
    'values that pass through several functions before they reach a command',
    'options of the program itself',
  ],
})
