import { globMatcher } from '../../base/text/glob.ts'

/** Globs of files that hold secrets, wherever they lie. */
export const SECRET_FILES: readonly string[] = [
  '**/.env',
  '**/.env.*',
  '**/.envrc',
  '**/*.env',
  '**/{.npmrc,.yarnrc.yml,.pypirc,.netrc,_netrc,.pgpass,.my.cnf,.git-credentials,.htpasswd,.dockercfg}',
  '**/*.{pem,key,p12,pfx,jks,keystore,kdbx,ppk}',
  '**/{id_rsa,id_dsa,id_ecdsa,id_ed25519,.vault-token,master.key,terraform.tfvars}',
  '**/{credentials,credentials.json,service-account.json,serviceAccountKey.json}',
  '**/{secrets.json,secrets.yml,secrets.yaml}',
  '**/*service-account*.json',
  '**/{.ssh,.aws,.gnupg,.azure,.kube,.docker}/**',
  '**/.config/{gcloud,gh,hub}/**',
  '**/*.tfstate',
  '/proc/*/environ',
]

/** Taken out of these again: examples, halves that are public, and what packages bring for everybody. */
export const NO_SECRET_FILES: readonly string[] = [
  '**/.env.{example,sample,template,dist,defaults}',
  '**/.env.*.{example,sample,template,dist}',
  '**/{example,sample,template}.env',
  '**/*.pub',
  'node_modules/**',
  '**/node_modules/**',
  '/usr/**',
  '/etc/ssl/**',
]

const secret = SECRET_FILES.map(globMatcher)
const open = NO_SECRET_FILES.map(globMatcher)

/** Whether a file, by its path relative to the workspace, holds secrets as far as its name tells. */
export const isSecretFile = (path: string): boolean =>
  secret.some((matches) => matches(path)) && !open.some((matches) => matches(path))
