import type { Severity } from '../../model/priority.ts'
import { entropy, isInvented } from './placeholders.ts'

/** A credential that its own form gives away. */
export type Provider = {
  id: string
  name: string
  severity: Severity
  /** group 1 is the secret; global */
  pattern: RegExp
  /** part of the secret that is generated, when not all of it */
  body?: (secret: string) => string
  /** true: the form is also used for values that are public by design, so it is never more than a suspicion */
  weak?: true
}

const after = (separator: string) => (secret: string) => secret.slice(secret.lastIndexOf(separator) + 1)
const from = (start: number) => (secret: string) => secret.slice(start)

export const PROVIDERS: readonly Provider[] = [
  {
    id: 'aws-access-key',
    name: 'AWS access key id',
    severity: 'high',
    pattern: /\b((?:AKIA|ASIA)[A-Z2-7]{16})\b/g,
    body: from(4),
  },
  {
    id: 'aws-secret-key',
    name: 'AWS secret access key',
    severity: 'critical',
    pattern: /aws.{0,20}?secret.{0,24}?[:=]\s*["'`]?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  {
    id: 'aws-secret-key',
    name: 'AWS secret access key',
    severity: 'critical',
    pattern: /\bsecretAccessKey["']?\s*[:=]\s*["'`]([A-Za-z0-9/+]{40})["'`]/g,
  },
  {
    id: 'azure-storage-key',
    name: 'Azure storage account key',
    severity: 'critical',
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g,
  },
  {
    id: 'gcp-api-key',
    name: 'Google API key',
    severity: 'medium',
    pattern: /\b(AIza[\w-]{35})(?![\w-])/g,
    body: from(4),
    weak: true,
  },
  {
    id: 'google-oauth-secret',
    name: 'Google OAuth client secret',
    severity: 'high',
    pattern: /\b(GOCSPX-[\w-]{28})(?![\w-])/g,
    body: from(7),
  },
  {
    id: 'github-token',
    name: 'GitHub token',
    severity: 'critical',
    pattern: /\b(gh[pousr]_[A-Za-z0-9]{36,251})\b/g,
    body: from(4),
  },
  {
    id: 'github-token',
    name: 'GitHub token',
    severity: 'critical',
    pattern: /\b(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
    body: from(11),
  },
  {
    id: 'gitlab-token',
    name: 'GitLab token',
    severity: 'critical',
    pattern: /\b(glpat-[\w-]{20,64})(?![\w-])/g,
    body: from(6),
  },
  {
    id: 'stripe-live-key',
    name: 'Stripe live key',
    severity: 'critical',
    pattern: /\b([sr]k_live_[A-Za-z0-9]{24,247})\b/g,
    body: from(8),
  },
  {
    id: 'stripe-test-key',
    name: 'Stripe test key',
    severity: 'low',
    pattern: /\b([sr]k_test_[A-Za-z0-9]{24,247})\b/g,
    body: from(8),
    weak: true,
  },
  {
    id: 'stripe-webhook-secret',
    name: 'Stripe webhook secret',
    severity: 'high',
    pattern: /\b(whsec_[A-Za-z0-9]{32,64})\b/g,
    body: from(6),
  },
  {
    id: 'slack-token',
    name: 'Slack token',
    severity: 'high',
    pattern: /\b(xox[abeoprs]-\d{9,14}-[\dA-Za-z-]{20,120})(?![\w-])/g,
    body: after('-'),
  },
  {
    id: 'slack-token',
    name: 'Slack app token',
    severity: 'high',
    pattern: /\b(xapp-\d-[A-Z0-9]{9,14}-\d{10,14}-[a-f0-9]{64})\b/g,
    body: after('-'),
  },
  {
    id: 'slack-webhook',
    name: 'Slack webhook',
    severity: 'high',
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24})\b/g,
    body: after('/'),
  },
  {
    id: 'npm-token',
    name: 'npm token',
    severity: 'critical',
    pattern: /\b(npm_[A-Za-z0-9]{36})\b/g,
    body: from(4),
  },
  {
    id: 'pypi-token',
    name: 'PyPI token',
    severity: 'critical',
    pattern: /\b(pypi-AgE[\w-]{60,240})(?![\w-])/g,
    body: from(8),
  },
  {
    id: 'sendgrid-key',
    name: 'SendGrid key',
    severity: 'high',
    pattern: /\b(SG\.[\w-]{22}\.[\w-]{43})(?![\w-])/g,
    body: after('.'),
  },
  { id: 'mailchimp-key', name: 'Mailchimp key', severity: 'high', pattern: /\b([0-9a-f]{32}-us\d{1,2})\b/g },
  {
    id: 'twilio-token',
    name: 'Twilio auth token',
    severity: 'high',
    pattern: /twilio.{0,20}?(?:auth.{0,3}token|secret).{0,6}?[:=]\s*["'`]?([0-9a-f]{32})\b/gi,
  },
  {
    id: 'anthropic-key',
    name: 'Anthropic key',
    severity: 'critical',
    pattern: /\b(sk-ant-(?:api|admin)\d{2}-[\w-]{80,120})(?![\w-])/g,
    body: from(13),
  },
  {
    id: 'openai-key',
    name: 'OpenAI key',
    severity: 'critical',
    pattern: /\b(sk-(?:proj|svcacct|admin)-[\w-]{40,200})(?![\w-])/g,
    body: from(9),
  },
  {
    id: 'openai-key',
    name: 'OpenAI key',
    severity: 'critical',
    pattern: /\b(sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})\b/g,
    body: from(3),
  },
  {
    id: 'huggingface-token',
    name: 'Hugging Face token',
    severity: 'high',
    pattern: /\b(hf_[A-Za-z0-9]{34})\b/g,
    body: from(3),
  },
  {
    id: 'digitalocean-token',
    name: 'DigitalOcean token',
    severity: 'critical',
    pattern: /\b(do[opr]_v1_[a-f0-9]{64})\b/g,
    body: from(7),
  },
  {
    id: 'shopify-token',
    name: 'Shopify token',
    severity: 'high',
    pattern: /\b(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\b/g,
    body: from(6),
  },
  {
    id: 'telegram-token',
    name: 'Telegram bot token',
    severity: 'high',
    pattern: /\b(\d{8,10}:AA[\w-]{33})(?![\w-])/g,
    body: after(':'),
  },
  {
    id: 'vault-token',
    name: 'Vault token',
    severity: 'critical',
    pattern: /\b(hvs\.[\w-]{90,120})(?![\w-])/g,
    body: from(4),
  },
]

/** Base64 that a key is made of is close to 6 bits a character; prose and dots are not. */
const KEY_BITS = 4.5

/** A private key with its body. An encrypted one is not searched for: its passphrase guards it. */
export const PRIVATE_KEY: Provider = {
  id: 'private-key',
  name: 'Private key',
  severity: 'critical',
  pattern:
    /(-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|[\s"'+,])*[A-Za-z0-9+/=\\\s"'+,]{64,8000})/g,
  body: (secret) => secret.replace(/-----[^-]+-----|\\[rn]|[\s"'+,]/g, ''),
}

export const isReal = (provider: Provider, secret: string): boolean => {
  const body = provider.body?.(secret) ?? secret
  return provider === PRIVATE_KEY ? body.length >= 60 && entropy(body) >= KEY_BITS : !isInvented(body)
}
