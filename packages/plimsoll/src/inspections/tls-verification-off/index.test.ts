import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const OFF = [
  `new https.Agent({ rejectUnauthorized: false })`,
  `const pool = new Pool({ connectionString, ssl: { rejectUnauthorized: false } })`,
  `const ssl = url.includes('heroku') ? { rejectUnauthorized: false } : undefined`,
  `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`,
  `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0`,
  `tls.connect({ host, checkServerIdentity: () => undefined })`,
  `request({ url, strictSSL: false })`,
  `mongoose.connect(url, { tlsAllowInvalidCertificates: true })`,
  `options.rejectUnauthorized = false`,
]

const ON = [
  `new https.Agent({ rejectUnauthorized: true })`,
  `new https.Agent({ rejectUnauthorized: process.env.TLS_VERIFY !== 'no' })`,
  `if (process.env.NODE_ENV !== 'production') process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`,
  `const ssl = isProduction ? { ca } : { rejectUnauthorized: false }`,
  `https.createServer({ key, cert, requestCert: true, rejectUnauthorized: false })`,
  `tls.connect({ checkServerIdentity: (host, cert) => pinned(host, cert) })`,
  `// rejectUnauthorized: false`,
  `const said = 'set rejectUnauthorized: false'`,
  `function agent() { if (production) { return undefined }\n return new Agent({ rejectUnauthorized: false }) }`,
  `const extra = config.allowSelfSigned && { rejectUnauthorized: false }`,
  `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'`,
]

test('verification that is turned off is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...OFF, ...ON])).toEqual(OFF)
})

const PYTHON_OFF = [
  `requests.get(url, verify=False)`,
  `httpx.Client(verify=False)`,
  `ctx = ssl._create_unverified_context()`,
  `ctx.verify_mode = ssl.CERT_NONE`,
  `session.verify = False`,
  `urllib3.disable_warnings(InsecureRequestWarning)`,
]

const PYTHON_ON = [
  `requests.get(url, verify=True)`,
  `requests.get(url, verify='/etc/ca.pem')`,
  `if settings.DEBUG:\n    session.verify = False`,
  `jwt.decode(token, options=dict(verify=False))`,
  `# requests.get(url, verify=False)`,
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_OFF, ...PYTHON_ON], 'py')).toEqual(PYTHON_OFF)
})

test('only a switch for the whole process is a defect', async () => {
  const broken = await inspectFolder(inspection, 'specimens/express/tls-verification-off/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 295, 'rates.js: fetchRates'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/express/tls-verification-off/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
