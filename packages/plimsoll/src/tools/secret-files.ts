import { basename } from 'node:path'

const SECRET =
  /^(?:\.env(?:\.[\w-]+)*|\.pgpass|\.netrc|\.npmrc|id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|jks|keystore)|credentials(?:\.json)?|service-account.*\.json)$/i
const SAMPLE = /\.(?:example|sample|template|dist|defaults?)$/i

/** A file whose purpose is to hold secrets: looked into only when it is named, which the policy then sees. */
export const isSecretFile = (file: string): boolean => {
  const name = basename(file)
  return SECRET.test(name) && !SAMPLE.test(name)
}
