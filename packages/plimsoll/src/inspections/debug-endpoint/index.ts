import { defineReading } from '../define-reading.ts'
import { findInPython } from './find-in-python.ts'
import { findInScript } from './find-in-script.ts'
import { openRoutes } from './open-routes.ts'

const ONLY_THERE =
  'register it only where somebody works on the code, or put the guard of operators before it'

/** **Contract:** only reads; what the route answers is not asked. */
export default defineReading({
  id: 'debug-endpoint',
  title: 'What is meant for developers is not served to everybody',
  standard: 'security.transport-storage',
  mayHold: /graphiql|playground|introspection|errorhandler|debug|DEBUG/,
  kinds: {
    route: {
      title: (name) => `${name} is served to everybody, without a guard`,
      ...{ severity: 'medium', tier: 'suspicion', cwe: 489, repairs: ['remove it', ONLY_THERE] },
      notCovered: ['what it answers', 'whether a proxy in front refuses it'],
    },
    debugger: {
      title: () => 'The server starts with its debugger, which executes code from the browser',
      ...{ severity: 'high', tier: 'suspicion', cwe: 489 },
      repairs: [
        'start it with a server for production (gunicorn, uvicorn), and read debug from the environment, off by default',
      ],
      notCovered: ['whether it is started in this way where it is deployed'],
    },
    'local-debugger': {
      title: () => 'The server starts with its debugger, on this machine only unless a proxy is in front',
      ...{ severity: 'low', tier: 'suspicion', cwe: 489 },
      repairs: ['read debug from the environment, off by default'],
      notCovered: ['whether it is started in this way where it is deployed'],
    },
    page: {
      title: (name) => `${name} is on wherever it runs`,
      ...{ severity: 'low', tier: 'suspicion', cwe: 489 },
      repairs: ['turn it on only where somebody works on the code'],
      notCovered: ['whether it is meant to be public'],
    },
    traces: {
      title: () => 'Errors are answered with their stack wherever it runs',
      ...{ severity: 'low', tier: 'suspicion', cwe: 489 },
      repairs: [
        'use errorhandler only in development, and a handler of your own that says nothing of the inside elsewhere',
      ],
    },
  },
  script: findInScript,
  python: findInPython,
  survey: openRoutes,
  clean: 'No route or switch for developers is open wherever it runs',
  notCovered: ['routes under other names', 'switches that come from the environment'],
})
